using System.Globalization;
using System.Reflection.Emit;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>Sites as text, so that a test can state them: <c>beq(Byte, 5) Byte</c> is opcode, operands with constants by value, type or reason.</summary>
internal static class SiteText
{
    /// <summary>The sites of the body that was analysed last.</summary>
    public static string Of(AnalysedModule module)
    {
        List<Instruction> instructions = Disassembly.Of(module.Code);
        List<string> sites = [];
        foreach (ref readonly StackSite site in module.Analysis.Sites)
        {
            int offset = site.Offset;
            OpCode opcode = instructions.Single(instruction => instruction.Offset == offset).OpCode;
            string name = opcode.Name!.EndsWith(".s", StringComparison.Ordinal) ? opcode.Name[..^2] : opcode.Name;
            string type = site.Reason != SkipReason.None ? site.Reason.ToString() : site.Type.ToString();
            string operands = string.Join(", ", module.Analysis.Operands(site).ToArray().Select(operand => Of(module, operand)));
            sites.Add($"{name}({operands}){(site.Type == StackType.None ? "" : " " + type)}");
        }

        return string.Join("; ", sites);
    }

    private static string Of(AnalysedModule module, StackValue value)
    {
        if (!value.IsConstant)
        {
            return value.Type == StackType.ManagedPointer && module.Analysis.Types.Pointee(value.TypeIndex) is not 0 and var pointee
                ? $"ref {module.Analysis.Types.ValueOf(pointee).Type}" : value.Type.ToString();
        }

        return value.Kind switch
        {
            StackKind.I4 => value.Constant.ToString(CultureInfo.InvariantCulture),
            StackKind.I8 => value.Constant.ToString(CultureInfo.InvariantCulture) + "L",
            StackKind.NativeInt => value.Constant.ToString(CultureInfo.InvariantCulture) + "N",
            StackKind.F4 => BitConverter.Int32BitsToSingle((int)value.Constant).ToString(CultureInfo.InvariantCulture) + "F",
            StackKind.F8 => BitConverter.Int64BitsToDouble(value.Constant).ToString(CultureInfo.InvariantCulture) + "D",
            _ => "?",
        };
    }
}
