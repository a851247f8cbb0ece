using Edgewise.Symbols.Elf;
using Iced.Intel;

namespace Edgewise.Symbols.Points;

/// <summary>Knows which calls of a linked binary go to a callback of coverage: at its own address, through the stubs of a linker, or through a slot.</summary>
internal sealed class CallbackTargets
{
    private const int StubInstructions = 4;

    private readonly ElfFile _file;
    private readonly HashSet<ulong> _addresses = [];
    private readonly HashSet<ulong> _slots = [];
    private readonly Dictionary<ulong, bool> _stubs = [];

    /// <summary>Collects the callbacks of a binary.</summary>
    /// <exception cref="SymbolsException">Its relocations are damaged.</exception>
    public CallbackTargets(ElfFile file)
    {
        _file = file;
        _addresses.UnionWith(file.Symbols.Concat(file.DynamicSymbols)
            .Where(static symbol => symbol.IsDefined && symbol.Value != 0 && IsCallback(symbol.Name))
            .Select(static symbol => symbol.Value));
        _slots.UnionWith(file.Sections
            .Where(static section => section.IsAllocated)
            .SelectMany(file.RelocationsIn)
            .Where(static relocation => IsCallback(relocation.SymbolName))
            .Select(static relocation => relocation.Offset));
    }

    /// <summary>True if the binary has a callback or imports one.</summary>
    public bool Any => _addresses.Count + _slots.Count > 0;

    /// <summary>True for the name of a callback that a point calls.</summary>
    public static bool IsCallback(string name) => name is
        "__sanitizer_cov_trace_pc_guard" or "__sanitizer_cov_trace_pc" or "__sanitizer_cov_trace_pc_entry"
        or "__sanitizer_cov" or "__sanitizer_cov_with_check" or "__sanitizer_cov_trace_func_enter" or "__sanitizer_cov_trace_basic_block";

    /// <summary>True if a call is a point.</summary>
    public bool Contains(CallSite call)
    {
        if (call.IsThroughSlot)
        {
            return _slots.Contains(call.Target);
        }

        if (_addresses.Contains(call.Target))
        {
            return true;
        }

        if (!_stubs.TryGetValue(call.Target, out bool isCallback))
        {
            _stubs.Add(call.Target, isCallback = _file.SectionAt(call.Target) is { } section && CodeSweep.IsStubs(section) && _slots.Contains(SlotOfStub(section, call.Target)));
        }

        return isCallback;
    }

    private ulong SlotOfStub(ElfSection section, ulong address)
    {
        ArraySegment<byte> code = _file.SegmentOf(section);
        if (address - section.Address >= (ulong)code.Count)
        {
            return 0;
        }

        code = code.Slice((int)(address - section.Address));
        if (_file.Machine == ElfMachine.Arm64)
        {
            return Arm64Calls.SlotOfStub(code, address);
        }

        Decoder decoder = Decoder.Create(_file.WordSize * 8, new ByteArrayCodeReader(code));
        decoder.IP = address;
        for (int i = 0; i < StubInstructions; i++)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.Mnemonic == Mnemonic.Jmp)
            {
                return X86Calls.TargetOf(instruction, X86Calls.GlobalOffsetTable(_file)) is { IsSlot: true } slot ? slot.Address : 0;
            }
        }

        return 0;
    }
}
