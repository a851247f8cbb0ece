using System.Buffers.Binary;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>Finds the points of an object file: there a call of a callback is a relocation.</summary>
internal static class ObjectCalls
{
    private const int DisplacementSize = 4;
    private const byte NearCall = 0xE8, IndirectCall = 0xFF, ThroughMemory = 0x15;
    private const uint Arm64Call = 283;

    /// <summary>The PCs of all points.</summary>
    /// <exception cref="SymbolsException">Relocations are damaged.</exception>
    public static IEnumerable<ulong> Pcs(ElfFile file, ObjectLayout layout)
    {
        foreach (ElfSection table in file.Sections)
        {
            if (file.SectionOf(table.Info) is not { IsCode: true } code)
            {
                continue;
            }

            foreach (ElfRelocation relocation in file.RelocationsIn(table))
            {
                if (CallbackTargets.IsCallback(relocation.SymbolName) && PcOf(file, code, relocation) is { } pc)
                {
                    yield return layout.AddressOf(code.Index) + pc;
                }
            }
        }
    }

    // A callback's address may also be taken, or stand in a table: only a call is a point.
    private static ulong? PcOf(ElfFile file, ElfSection code, ElfRelocation relocation)
    {
        ReadOnlySpan<byte> bytes = file.ContentOf(code);
        ulong offset = relocation.Offset;
        if (offset > (ulong)bytes.Length || (ulong)bytes.Length - offset < DisplacementSize)
        {
            throw new SymbolsException($"{file.Path}: ELF, offset {code.Offset}: a relocation at {offset} of section {code.Name}, which has {bytes.Length} bytes");
        }

        int at = (int)offset;
        if (file.Machine == ElfMachine.Arm64)
        {
            return relocation.Type == Arm64Call && (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) & 0xFC000000) == 0x94000000 ? offset : null;
        }

        bool isCall = (at >= 1 && bytes[at - 1] == NearCall) || (at >= 2 && bytes[at - 2] == IndirectCall && (bytes[at - 1] == ThroughMemory || bytes[at - 1] >> 3 == 0x12));
        return isCall ? offset + DisplacementSize - 1 : null;
    }
}
