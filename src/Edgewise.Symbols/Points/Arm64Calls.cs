using System.Buffers.Binary;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>Finds the calls in AArch64 code: every instruction has four bytes, and few of them matter.</summary>
/// <remarks>Encodings: Arm Architecture Reference Manual for A-profile, C6.2: ADR, ADRP, ADD (immediate), LDR (immediate), BL, BLR, BR.</remarks>
internal static class Arm64Calls
{
    private const int Size = 4, Registers = 32, StubInstructions = 5;

    /// <summary>Adds the calls of a section.</summary>
    public static void Add(ElfFile file, ElfSection section, ElfSection? guards, List<CallSite> calls)
    {
        ReadOnlySpan<byte> code = file.ContentOf(section);
        Span<ulong> formed = stackalloc ulong[Registers];
        Span<ulong> slots = stackalloc ulong[Registers];
        bool loadsGuard = false;
        for (int i = 0; i + Size <= code.Length; i += Size)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(code[i..]);
            ulong pc = section.Address + (ulong)i;
            if (Follow(word, pc, formed, slots) is { } address && guards?.Contains(address) == true)
            {
                loadsGuard = true;
            }

            int register = (int)(word >> 5) & 31;
            if (IsBranchLink(word))
            {
                calls.Add(new CallSite(pc, BranchTarget(word, pc), IsThroughSlot: false, loadsGuard));
            }
            else if (IsBranchLinkRegister(word) && slots[register] != 0)
            {
                calls.Add(new CallSite(pc, slots[register], IsThroughSlot: true, loadsGuard));
            }
            else if (!IsBranchLinkRegister(word))
            {
                continue;
            }

            loadsGuard = false;
        }
    }

    /// <summary>The slot that a stub jumps through; 0 where this is no stub.</summary>
    public static ulong SlotOfStub(ReadOnlySpan<byte> code, ulong pc)
    {
        Span<ulong> formed = stackalloc ulong[Registers];
        Span<ulong> slots = stackalloc ulong[Registers];
        for (int i = 0; i + Size <= Math.Min(code.Length, StubInstructions * Size); i += Size)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(code[i..]);
            if ((word & 0xFFFFFC1F) == 0xD61F0000)
            {
                return slots[(int)(word >> 5) & 31];
            }

            Follow(word, pc + (ulong)i, formed, slots);
        }

        return 0;
    }

    private static bool IsBranchLink(uint word) => (word & 0xFC000000) == 0x94000000;

    private static bool IsBranchLinkRegister(uint word) => (word & 0xFFFFFC1F) == 0xD63F0000;

    private static ulong BranchTarget(uint word, ulong pc) => pc + (ulong)((int)(word << 6) >> 4);

    // ADRP forms the address of a page, ADD an address in it, and LDR reads a slot there: the three steps in which code reaches for data and other files.
    // Where the distance is short, a linker makes one ADR of the first two.
    private static ulong? Follow(uint word, ulong pc, Span<ulong> formed, Span<ulong> slots)
    {
        int target = (int)word & 31, source = (int)(word >> 5) & 31;
        if ((word & 0x1F000000) == 0x10000000)
        {
            long distance = ((int)(word << 8) >> 13 << 2) | (int)((word >> 29) & 3);
            bool isPage = (word & 0x80000000) != 0;
            formed[target] = isPage ? (pc & ~0xFFFul) + (ulong)(distance << 12) : pc + (ulong)distance;
            slots[target] = 0;
            return formed[target];
        }

        ulong immediate = (word >> 10) & 0xFFF;
        if ((word & 0xFFC00000) == 0x91000000)
        {
            formed[target] = formed[source] + immediate;
            return formed[target];
        }

        if ((word & 0xFFC00000) == 0xF9400000)
        {
            slots[target] = formed[source] + (immediate * sizeof(ulong));
        }

        return null;
    }
}
