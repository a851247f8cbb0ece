using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Temporaries for operands that lie on top of the one that is looked at.</summary>
internal static class KeptOperand
{
    // The first of each type belongs to whoever looks at the operand below.
    private const int Ordinal = 1;

    /// <summary>Names a temporary for an operand.</summary>
    /// <param name="value">The operand.</param>
    /// <param name="declared">The type that the instruction gives it, or 0.</param>
    /// <param name="context">Gives the temporary.</param>
    /// <param name="variable">Its index.</param>
    /// <param name="ordinal">Which of those that are kept at once, from 0 on.</param>
    /// <returns>False where no signature can name the operand's type.</returns>
    /// <remarks>
    /// Numbers and object references need no more than their kind, which never narrows what lies on the stack; structures, managed pointers and type
    /// parameters need their full type.
    /// </remarks>
    public static bool TryName(in StackValue value, int declared, SiteContext context, out int variable, int ordinal = 0)
    {
        byte element = value.Kind switch
        {
            StackKind.I4 => ElementCode.Int32,
            StackKind.I8 => ElementCode.Int64,
            StackKind.NativeInt => ElementCode.IntPtr,
            StackKind.F4 => ElementCode.Single,
            StackKind.F8 => ElementCode.Double,
            StackKind.O => ElementCode.Object,
            _ => 0,
        };
        if (element != 0)
        {
            variable = context.Temporary(element, Ordinal + ordinal);
            return true;
        }

        return (declared != 0 && context.TryTemporary(context.Types.ValueOf(declared), Ordinal + ordinal, out variable))
            || context.TryTemporary(value, Ordinal + ordinal, out variable);
    }
}
