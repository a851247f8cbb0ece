using System.Buffers.Binary;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>Finds the calls of callbacks in x86 code by their bytes alone: a fast path beside <see cref="X86Calls"/>, which decodes each instruction.</summary>
/// <remarks>
/// What looks like a call within another instruction is one only if the four bytes behind it lead to a callback: one chance in four thousand millions for each byte <c>E8</c>.
/// Data among the code cannot throw it out of step. Encodings: Intel SDM volume 2, CALL: <c>E8 rel32</c>, <c>FF /2</c> with a displacement of 32 bits alone or from <c>ebx</c>.
/// </remarks>
internal static class X86CallScan
{
    private const byte Near = 0xE8, Group = 0xFF, CallMemory = 0x15, CallFromEbx = 0x93;
    private const int NearLength = 5, MemoryLength = 6;

    /// <summary>Adds the PCs of the calls of callbacks in a section.</summary>
    public static void Add(ElfFile file, ElfSection section, CallbackTargets callbacks, List<CallSite> calls)
    {
        ReadOnlySpan<byte> code = file.ContentOf(section);
        bool is64 = file.WordSize == sizeof(ulong);
        ulong global = is64 ? 0 : X86Calls.GlobalOffsetTable(file);
        for (int at = 0; at + NearLength <= code.Length; at++)
        {
            int next = code[at..].IndexOfAny(Near, Group);
            if (next < 0 || (at += next) + NearLength > code.Length)
            {
                return;
            }

            ulong address = section.Address + (ulong)at;
            if (code[at] == Near)
            {
                ulong target = address + NearLength + (ulong)(long)BinaryPrimitives.ReadInt32LittleEndian(code[(at + 1)..]);
                if (callbacks.IsCallback(is64 ? target : (uint)target))
                {
                    calls.Add(new CallSite(address + NearLength - 1, target, IsThroughSlot: false, LoadsGuard: false));
                }
            }
            else if (at + MemoryLength <= code.Length && SlotOf(code[at + 1], address, BinaryPrimitives.ReadInt32LittleEndian(code[(at + 2)..]), is64, global) is var slot
                && slot != 0 && callbacks.IsSlot(slot))
            {
                calls.Add(new CallSite(address + MemoryLength - 1, slot, IsThroughSlot: true, LoadsGuard: false));
            }
        }
    }

    private static ulong SlotOf(byte form, ulong address, int displacement, bool is64, ulong global) => form switch
    {
        CallMemory => is64 ? address + MemoryLength + (ulong)displacement : (uint)displacement,
        CallFromEbx when !is64 => (uint)(global + (ulong)displacement),
        _ => 0,
    };
}
