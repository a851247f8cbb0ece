namespace Edgewise.Instrumentation.Il;

/// <summary>The opcodes that the rewriter itself emits or treats specially; values as in ECMA-335 III (two-byte ones with 0xFE in front).</summary>
internal static class Opcode
{
    public const byte LdcI4M1 = 0x15;
    public const byte LdcI4Zero = 0x16;
    public const byte LdcI4One = 0x17;
    public const byte LdcI4Short = 0x1F;
    public const byte LdcI4 = 0x20;
    public const byte LdcI8 = 0x21;
    public const byte LdcR4 = 0x22;
    public const byte LdcR8 = 0x23;
    public const byte Dup = 0x25;
    public const byte Pop = 0x26;
    public const byte Call = 0x28;
    public const byte Calli = 0x29;
    public const byte Ret = 0x2A;
    public const byte BrShort = 0x2B;
    public const byte BrFalseShort = 0x2C;
    public const byte BrTrueShort = 0x2D;
    public const byte BeqShort = 0x2E;
    public const byte BneUnShort = 0x33;
    public const byte BleUnShort = 0x36;
    public const byte BltUnShort = 0x37;
    public const byte Br = 0x38;
    public const byte BrFalse = 0x39;
    public const byte BrTrue = 0x3A;
    public const byte Beq = 0x3B;
    public const byte BneUn = 0x40;
    public const byte BleUn = 0x43;
    public const byte BltUn = 0x44;
    public const byte Switch = 0x45;
    public const byte LdindI1 = 0x46;
    public const byte LdindU1 = 0x47;
    public const byte LdindU4 = 0x4B;
    public const byte StindI1 = 0x52;
    public const byte StindI4 = 0x54;
    public const byte StindI8 = 0x55;
    public const byte Add = 0x58;
    public const byte Sub = 0x59;
    public const byte And = 0x5F;
    public const byte Or = 0x60;
    public const byte Shl = 0x62;
    public const byte Callvirt = 0x6F;
    public const byte Ldstr = 0x72;
    public const byte Newobj = 0x73;
    public const byte Isinst = 0x75;
    public const byte Throw = 0x7A;
    public const byte Ldfld = 0x7B;
    public const byte Ldflda = 0x7C;
    public const byte Stfld = 0x7D;
    public const byte Ldsfld = 0x7E;
    public const byte Ldsflda = 0x7F;
    public const byte Stsfld = 0x80;
    public const byte Stobj = 0x81;
    public const byte Ldelema = 0x8F;
    public const byte Ldtoken = 0xD0;
    public const byte ConvI4 = 0x69;
    public const byte ConvI8 = 0x6A;
    public const byte ConvR8 = 0x6C;
    public const byte ConvU4 = 0x6D;
    public const byte ConvU8 = 0x6E;
    public const byte ConvI = 0xD3;
    public const byte ConvU = 0xE0;
    public const byte Leave = 0xDD;
    public const byte LeaveShort = 0xDE;

    /// <summary>Second byte of <c>ldftn</c>.</summary>
    public const byte LdftnSecond = 0x06;

    /// <summary>Second byte of <c>tail.</c>.</summary>
    public const byte TailSecond = 0x14;

    /// <summary>Second byte of <c>endfilter</c>.</summary>
    public const byte EndfilterSecond = 0x11;

    /// <summary>The long form of a short branch.</summary>
    public static byte Widen(byte opcode) => opcode == LeaveShort ? Leave : (byte)(opcode - BrShort + Br);

    /// <summary>True for <c>call</c>, <c>calli</c>, <c>callvirt</c> and <c>newobj</c>, and where a class constructor may run: at static fields.</summary>
    public static bool Calls(byte opcode) => opcode is Call or Calli or Callvirt or Newobj or Ldsfld or Ldsflda or Stsfld;

    /// <summary>True for <c>ldfld</c>, <c>ldflda</c> and <c>stfld</c>.</summary>
    public static bool IsInstanceField(byte opcode) => opcode is Ldfld or Ldflda or Stfld;

    /// <summary>True for <c>leave</c> in either form.</summary>
    public static bool IsLeave(byte opcode) => opcode is Leave or LeaveShort;
}
