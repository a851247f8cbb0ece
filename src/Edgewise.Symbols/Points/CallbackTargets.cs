using Edgewise.Symbols.Elf;
using Iced.Intel;

namespace Edgewise.Symbols.Points;

/// <summary>Knows which calls of a linked binary go to a callback of coverage: at its own address, through the stubs of a linker, or through a slot.</summary>
internal sealed class CallbackTargets
{
    private const int StubInstructions = 4;

    private readonly ElfFile _file;
    private readonly ElfSection[] _stubSections;
    private readonly AddressSet _addresses = new();
    private readonly AddressSet _slots = new();
    private readonly AddressSet _stubs = new();
    private readonly AddressSet _others = new();

    /// <summary>Collects the callbacks of a binary.</summary>
    /// <exception cref="SymbolsException">Its relocations are damaged.</exception>
    public CallbackTargets(ElfFile file)
    {
        _file = file;
        _stubSections = [.. file.Sections.Where(CodeSweep.IsStubs)];
        foreach (ElfSymbol symbol in file.Symbols.Concat(file.DynamicSymbols))
        {
            if (symbol.IsDefined && symbol.Value != 0 && IsCallback(symbol.Name))
            {
                _addresses.Add(symbol.Value);
            }
        }

        foreach (ElfRelocation relocation in file.Sections.Where(static section => section.IsAllocated).SelectMany(file.RelocationsIn))
        {
            if (IsCallback(relocation.SymbolName))
            {
                _slots.Add(relocation.Offset);
            }
        }
    }

    /// <summary>True if the binary has a callback or imports one.</summary>
    public bool Any => _addresses.Count + _slots.Count > 0;

    /// <summary>True for the name of a callback that a point calls.</summary>
    public static bool IsCallback(string name) => name is
        "__sanitizer_cov_trace_pc_guard" or "__sanitizer_cov_trace_pc" or "__sanitizer_cov_trace_pc_entry"
        or "__sanitizer_cov" or "__sanitizer_cov_with_check" or "__sanitizer_cov_trace_func_enter" or "__sanitizer_cov_trace_basic_block";

    /// <summary>True if a call is a point.</summary>
    public bool Contains(CallSite call) => call.IsThroughSlot ? IsSlot(call.Target) : IsCallback(call.Target);

    /// <summary>True if a callback's address stands in memory at an address.</summary>
    public bool IsSlot(ulong address) => _slots.Contains(address);

    /// <summary>True if a callback, or a stub that leads to one, stands at an address.</summary>
    public bool IsCallback(ulong address)
    {
        if (_addresses.Contains(address))
        {
            return true;
        }

        if (StubsAt(address) is not { } section)
        {
            return false;
        }

        if (_stubs.Contains(address) || _others.Contains(address))
        {
            return _stubs.Contains(address);
        }

        bool isCallback = _slots.Contains(SlotOfStub(section, address));
        (isCallback ? _stubs : _others).Add(address);
        return isCallback;
    }

    private ElfSection? StubsAt(ulong address)
    {
        foreach (ElfSection section in _stubSections)
        {
            if (section.Contains(address))
            {
                return section;
            }
        }

        return null;
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
