using Edgewise.Symbols.Elf;
using Iced.Intel;

namespace Edgewise.Symbols.Points;

/// <summary>Finds the calls in x86 code, by decoding one instruction behind the other.</summary>
/// <remarks>
/// Data among the code can throw a sweep out of step; it falls into step again at the next function symbol at the latest, and without symbols after a few bytes,
/// as x86 code does.
/// </remarks>
internal static class X86Calls
{
    /// <summary>Adds the calls of a section.</summary>
    public static void Add(ElfFile file, ElfSection section, ElfSection? guards, List<CallSite> calls)
    {
        ArraySegment<byte> code = file.SegmentOf(section);
        ElfSymbol[] starts = [.. file.FunctionSymbols.Where(symbol => symbol.Section == section.Index)];
        Decoder decoder = Decoder.Create(file.WordSize * 8, new ByteArrayCodeReader(code));
        decoder.IP = section.Address;
        ulong base32 = GlobalOffsetTable(file), end = section.Address + (ulong)code.Count;
        int next = 0;
        bool loadsGuard = false;
        while (decoder.IP < end)
        {
            decoder.Decode(out Instruction instruction);
            while (next < starts.Length && starts[next].Value <= instruction.IP)
            {
                next++;
            }

            if (next < starts.Length && instruction.NextIP > starts[next].Value && starts[next].Value < end)
            {
                decoder = Decoder.Create(file.WordSize * 8, new ByteArrayCodeReader(code.Slice((int)(starts[next].Value - section.Address))));
                decoder.IP = starts[next].Value;
                continue;
            }

            if (instruction.Mnemonic == Mnemonic.Call)
            {
                if (TargetOf(instruction, base32) is { } target)
                {
                    calls.Add(new CallSite(instruction.NextIP - 1, target.Address, target.IsSlot, loadsGuard));
                }

                loadsGuard = false;
            }
            else if (guards is not null && instruction.Mnemonic is Mnemonic.Lea or Mnemonic.Mov && !loadsGuard)
            {
                loadsGuard = guards!.Contains(FormedAddress(instruction, base32));
            }
        }
    }

    /// <summary>Where a call or jump goes; null where only the running program knows.</summary>
    /// <param name="instruction">The call or jump.</param>
    /// <param name="base32">What i386 code holds in <c>ebx</c> when it reaches for the global offset table.</param>
    public static (ulong Address, bool IsSlot)? TargetOf(in Instruction instruction, ulong base32) => instruction.Op0Kind switch
    {
        OpKind.NearBranch32 or OpKind.NearBranch64 => (instruction.NearBranchTarget, false),
        OpKind.Memory when instruction.MemoryIndex == Register.None => instruction.MemoryBase switch
        {
            Register.RIP or Register.None => (instruction.MemoryDisplacement64, true),
            Register.EBX => ((uint)(base32 + instruction.MemoryDisplacement64), true),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The address that i386 code of its own position keeps in <c>ebx</c>.</summary>
    public static ulong GlobalOffsetTable(ElfFile file) =>
        (file.SectionNamed(".got.plt") ?? file.SectionNamed(".got"))?.Address ?? 0;

    private static ulong FormedAddress(in Instruction instruction, ulong base32) => instruction switch
    {
        { Mnemonic: Mnemonic.Lea, MemoryIndex: Register.None } => instruction.MemoryBase switch
        {
            Register.RIP or Register.None => instruction.MemoryDisplacement64,
            Register.EBX => (uint)(base32 + instruction.MemoryDisplacement64),
            _ => 0,
        },
        { Mnemonic: Mnemonic.Mov, Op1Kind: OpKind.Immediate32 } => instruction.Immediate32,
        { Mnemonic: Mnemonic.Mov, Op1Kind: OpKind.Immediate64 } => instruction.Immediate64,
        { Mnemonic: Mnemonic.Mov, Op1Kind: OpKind.Immediate32to64 } => (ulong)instruction.Immediate32to64,
        _ => 0,
    };
}
