using System.Reflection;
using System.Reflection.Emit;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Tests.Instrumentation.Il;

public sealed class OpcodeTableTests
{
    public static IEnumerable<object[]> Opcodes() =>
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .Where(opcode => opcode.OpCodeType != OpCodeType.Nternal)
            .Select(opcode => new object[] { opcode.Name!, opcode });

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void Operand_flow_and_prefix_of_each_opcode_are_those_of_the_framework(string name, OpCode opcode)
    {
        byte properties = Entry(opcode);

        Assert.Equal(SizeOf(opcode.OperandType), SizeOf(OpcodeTable.Operand(properties)));
        Assert.Equal(opcode.OpCodeType == OpCodeType.Prefix, OpcodeTable.IsPrefix(properties));
        Assert.Equal(FlowOf(name, opcode), OpcodeTable.Flow(properties));
    }

    [Fact]
    public void Every_other_encoding_but_the_prefix_no_is_invalid()
    {
        HashSet<int> known = [.. Opcodes().Select(row => (ushort)((OpCode)row[1]).Value)];
        const int No = 0xFE19; // ECMA-335 III.2.2, which System.Reflection.Emit lacks

        IEnumerable<int> one = Enumerable.Range(0, 256).Where(code => OpcodeTable.OneByte[code] != OpcodeTable.Invalid);
        IEnumerable<int> two = Enumerable.Range(0, OpcodeTable.TwoByte.Length)
            .Where(code => OpcodeTable.TwoByte[code] != OpcodeTable.Invalid).Select(code => 0xFE00 | code);

        Assert.Equal(known.Append(No).Order(), one.Concat(two).Order());
    }

    [Theory]
    [InlineData("call", true)]
    [InlineData("callvirt", true)]
    [InlineData("ldfld", true)]
    [InlineData("stfld", true)]
    [InlineData("ldsfld", true)]
    [InlineData("ldelem.i4", true)]
    [InlineData("ldlen", true)]
    [InlineData("castclass", true)]
    [InlineData("unbox.any", true)]
    [InlineData("box", true)]
    [InlineData("newarr", true)]
    [InlineData("div", true)]
    [InlineData("rem.un", true)]
    [InlineData("add.ovf", true)]
    [InlineData("conv.ovf.i1", true)]
    [InlineData("ldind.u1", true)]
    [InlineData("stobj", true)]
    [InlineData("ldarg.0", false)]
    [InlineData("stloc.s", false)]
    [InlineData("add", false)]
    [InlineData("ceq", false)]
    [InlineData("isinst", false)]
    [InlineData("brtrue.s", false)]
    [InlineData("switch", false)]
    [InlineData("ldstr", false)]
    public void It_is_known_which_opcodes_throw(string name, bool throws)
    {
        OpCode opcode = Opcodes().Select(row => (OpCode)row[1]).Single(candidate => candidate.Name == name);

        Assert.Equal(throws, OpcodeTable.MayThrow(Entry(opcode)));
    }

    private static byte Entry(OpCode opcode)
    {
        ushort code = (ushort)opcode.Value;
        return code < 256 ? OpcodeTable.OneByte[code] : OpcodeTable.TwoByte[code & 0xFF];
    }

    private static int SizeOf(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.ShortInlineBrTarget => -1,
        OperandType.InlineBrTarget => -4,
        OperandType.InlineSwitch => -5,
        _ => 4,
    };

    private static int SizeOf(OperandKind kind) => kind switch
    {
        OperandKind.None => 0,
        OperandKind.OneByte => 1,
        OperandKind.TwoBytes => 2,
        OperandKind.FourBytes => 4,
        OperandKind.EightBytes => 8,
        OperandKind.ShortBranch => -1,
        OperandKind.LongBranch => -4,
        _ => -5,
    };

    // The framework says that jmp calls and that endfilter and rethrow return or throw; here all of them end a block.
    private static FlowKind FlowOf(string name, OpCode opcode) => opcode.FlowControl switch
    {
        _ when name == "jmp" => FlowKind.End,
        FlowControl.Branch => FlowKind.Branch,
        FlowControl.Cond_Branch => FlowKind.ConditionalBranch,
        FlowControl.Return or FlowControl.Throw => FlowKind.End,
        _ => FlowKind.Next,
    };
}
