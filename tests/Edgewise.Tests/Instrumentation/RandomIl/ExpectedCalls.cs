using System.Reflection;
using Edgewise.Tests.Instrumentation.Bodies;
using Edgewise.Tests.Instrumentation.Interpreter;
using Edgewise.Tests.Instrumentation.TraceCmp;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Watches an interpreter, and notes the callbacks that instrumented code must make at what it runs, with its values.</summary>
/// <param name="module">The module that runs.</param>
internal sealed class ExpectedCalls(RandomModule module) : IInstructionObserver
{
    /// <summary>The calls so far; the site of each is its number in <see cref="RandomModule.Places"/>.</summary>
    public List<TracedCall> Calls { get; } = [];

    /// <inheritdoc/>
    public void Before(MethodBase method, Instruction instruction, EvaluationStack stack)
    {
        (int, int) place = (method.MetadataToken, instruction.Offset);
        if (!module.Sites.TryGetValue(place, out ExpectedSite? site))
        {
            return;
        }

        int number = module.Places.BinarySearch(place);
        if (site.Cases is not null)
        {
            uint value = unchecked((uint)((int)stack.Peek(site.ValueAt)! + site.Base));
            Calls.Add(new TracedCall("Switch", value, 0, $"32: {string.Join(' ', site.Cases.Select(one => one.ToString("x", System.Globalization.CultureInfo.InvariantCulture)))}", number));
        }
        else if (site.Constant is { } constant)
        {
            Calls.Add(new TracedCall($"ConstCmp{site.Width}", Canonical(constant, site), Canonical(Bits(stack.Peek(site.ValueAt), site.Width), site), "", number));
        }
        else
        {
            Calls.Add(new TracedCall($"Cmp{site.Width}", Canonical(Bits(stack.Peek(1), site.Width), site), Canonical(Bits(stack.Peek(0), site.Width), site), "", number));
        }
    }

    /// <summary>The bits of a value; all that are not a number are one, for which of them arithmetic leaves is up to the processor.</summary>
    public static ulong Canonical(ulong bits, ExpectedSite site) => !site.IsFloat ? bits
        : site.Width == sizeof(float) ? (float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) ? BitConverter.SingleToUInt32Bits(float.NaN) : bits)
        : double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? BitConverter.DoubleToUInt64Bits(double.NaN) : bits;

    private static ulong Bits(object? value, int width) => unchecked(value switch
    {
        float single when width == sizeof(double) => BitConverter.DoubleToUInt64Bits(single),
        float single => BitConverter.SingleToUInt32Bits(single),
        double number => BitConverter.DoubleToUInt64Bits(number),
        _ => Narrow(value is int n ? n : value is nint m ? m : (long)value!, width),
    });

    private static ulong Narrow(long value, int width) => unchecked(width == sizeof(ulong) ? (ulong)value : (ulong)value & ((1UL << (width * 8)) - 1));
}
