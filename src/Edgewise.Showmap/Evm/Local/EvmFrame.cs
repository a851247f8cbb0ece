using System.Numerics;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;
using static Edgewise.Showmap.Evm.Local.EvmOperations;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>One frame: runs code until it ends. Every instruction is counted before it runs, also one that fails, as forge's collector and the nodes' tracers count.</summary>
internal sealed partial class EvmFrame(EvmMachine machine, EvmCode code, EvmMessage message)
{
    private const int StackLimit = 1024, WarmCost = 100, ColdAccountCost = 2600, ColdSlotCost = 2100;
    private readonly EvmWorld _world = machine.World;
    private readonly EvmMemory _memory = new();
    private EvmWord[] _stack = new EvmWord[32];
    private int _top, _pc;
    private long _gas = message.Gas;
    private byte[] _returned = [];
    private EvmEnd? _end;
    private byte[] _output = [];

    /// <summary>Runs to the end.</summary>
    public EvmFrameResult Run()
    {
        ReadOnlySpan<byte> takes = Takes(machine.Fork), leaves = Leaves(machine.Fork), bytes = code.Bytes;
        ReadOnlySpan<int> costs = Costs(machine.Fork);
        EvmWord hash = code.Hash;
        while (_end is null)
        {
            machine.Counts.Add(hash, bytes.Length, _pc);
            byte operation = _pc < bytes.Length ? bytes[_pc] : Stop;
            int after = _top - takes[operation] + leaves[operation];
            if (takes[operation] > _top || after > StackLimit || !Charge(costs[operation]))
            {
                _end = EvmEnd.Halted;
                break;
            }

            if (after >= _stack.Length)
            {
                Array.Resize(ref _stack, _stack.Length * 2);
            }

            _pc++;
            if (operation is >= Push1 and <= Push32)
            {
                int count = operation - Push1 + 1, there = Math.Min(count, bytes.Length - _pc);
                EvmWord word = there <= 0 ? EvmWord.Zero : EvmWord.FromBytes(bytes.Slice(_pc, there)) << (8 * (count - there));
                Push(word);
                _pc += count;
            }
            else if (operation is >= Dup1 and <= Dup16)
            {
                Push(_stack[_top - (operation - Dup1 + 1)]);
            }
            else if (operation is >= Swap1 and <= Swap16)
            {
                int other = _top - 2 - (operation - Swap1);
                (_stack[_top - 1], _stack[other]) = (_stack[other], _stack[_top - 1]);
            }
            else if (!Compute(operation) && !Look(operation))
            {
                Act(operation);
            }
        }

        return _end == EvmEnd.Halted ? new(EvmEnd.Halted, [], 0) : new(_end!.Value, _output, _gas);
    }

    // Instructions that only work on the stack.
    private bool Compute(byte operation)
    {
        switch (operation)
        {
            case Add: Push(Take() + Take()); return true;
            case Mul: Push(Take() * Take()); return true;
            case Sub: Push(Take() - Take()); return true;
            case Div: Push(EvmWord.Divide(Take(), Take())); return true;
            case SDiv: Push(Signed(static (a, b) => a / b)); return true;
            case Mod: Push(EvmWord.Remainder(Take(), Take())); return true;
            case SMod: Push(Signed(static (a, b) => a % b)); return true;
            case AddMod: Push(Modular(static (a, b) => a + b)); return true;
            case MulMod: Push(Modular(static (a, b) => a * b)); return true;
            case Exp: Power(); return true;
            case SignExtend: Push(Extend(Take(), Take())); return true;
            case Lt: Push(Take() < Take()); return true;
            case Gt: Push(Take() > Take()); return true;
            case SLt: Push(Sortable(Take()) < Sortable(Take())); return true;
            case SGt: Push(Sortable(Take()) > Sortable(Take())); return true;
            case Eq: Push(Take() == Take()); return true;
            case IsZero: Push(Take().IsZero); return true;
            case And: Push(Take() & Take()); return true;
            case Or: Push(Take() | Take()); return true;
            case Xor: Push(Take() ^ Take()); return true;
            case Not: Push(~Take()); return true;
            case EvmOperations.Byte:
                {
                    EvmWord index = Take(), word = Take();
                    Push(index < 32 ? (word >> (8 * (31 - (int)index.Low))) & 0xff : EvmWord.Zero);
                    return true;
                }

            case Shl: { EvmWord by = Take(), word = Take(); Push(word << Shift(by)); return true; }
            case Shr: { EvmWord by = Take(), word = Take(); Push(word >> Shift(by)); return true; }
            case Sar:
                {
                    int by = Shift(Take());
                    EvmWord word = Take();
                    Push(word.IsNegative ? ~(~word >> by) : word >> by);
                    return true;
                }

            case Clz: Push((ulong)(256 - Take().BitLength)); return true;
            case EvmOperations.Pop: Take(); return true;
            case Pc: Push((ulong)(_pc - 1)); return true;
            case Gas: Push((ulong)_gas); return true;
            case JumpDest: return true;
            case Push0: Push(EvmWord.Zero); return true;
            case Jump: JumpTo(Take()); return true;
            case JumpI:
                {
                    EvmWord to = Take();
                    if (!Take().IsZero)
                    {
                        JumpTo(to);
                    }

                    return true;
                }

            default: return false;
        }
    }

    private static int Shift(EvmWord by) => by < 256 ? (int)by.Low : 256;

    // Adding 2^255 makes the order of two's complements that of unsigned numbers.
    private static EvmWord Sortable(EvmWord word) => word with { High = word.High ^ 0x8000000000000000 };

    private static EvmWord Extend(EvmWord index, EvmWord word)
    {
        if (index >= 31)
        {
            return word;
        }

        int free = 8 * (31 - (int)index.Low);
        EvmWord raised = word << free;
        return raised.IsNegative ? ~(~raised >> free) : raised >> free;
    }

    private EvmWord Signed(Func<BigInteger, BigInteger, BigInteger> operation)
    {
        BigInteger a = Take().ToSignedInteger(), b = Take().ToSignedInteger();
        return b.IsZero ? EvmWord.Zero : EvmWord.FromInteger(operation(a, b));
    }

    private EvmWord Modular(Func<BigInteger, BigInteger, BigInteger> operation)
    {
        BigInteger a = Take().ToInteger(), b = Take().ToInteger(), modulus = Take().ToInteger();
        return modulus.IsZero ? EvmWord.Zero : EvmWord.FromInteger(operation(a, b) % modulus);
    }

    private void Power()
    {
        EvmWord number = Take(), exponent = Take();
        if (Charge(50L * ((exponent.BitLength + 7) / 8)))
        {
            Push(EvmWord.FromInteger(BigInteger.ModPow(number.ToInteger(), exponent.ToInteger(), BigInteger.One << 256)));
        }
    }

    private void JumpTo(EvmWord place)
    {
        if (code.IsJumpDestination(place))
        {
            _pc = (int)place.Low;
        }
        else
        {
            _end = EvmEnd.Halted;
        }
    }

    private void Push(bool value) => Push(value ? EvmWord.One : EvmWord.Zero);

    private void Push(EvmWord word) => _stack[_top++] = word;

    private EvmWord Take() => _stack[--_top];

    // False, and the end, where there is too little.
    private bool Charge(long gas)
    {
        _gas -= gas;
        if (_gas >= 0)
        {
            return true;
        }

        _end = EvmEnd.Halted;
        return false;
    }

    // Memory for a range, which costs by its end; false, and the end of the frame, where that is unaffordable.
    private bool Expand(EvmWord offset, EvmWord length, out int start, out int count)
    {
        (start, count) = (0, 0);
        if (length.IsZero)
        {
            return true;
        }

        if (!offset.IsUInt64 || !length.IsUInt64 || offset.Low > int.MaxValue / 4 || length.Low > int.MaxValue / 4)
        {
            _end = EvmEnd.Halted;
            return false;
        }

        (start, count) = ((int)offset.Low, (int)length.Low);
        long words = (start + count + 31L) / 32, before = _memory.Length / 32;
        if (words <= before)
        {
            return true;
        }

        if (!Charge(EvmMemory.Cost(words) - EvmMemory.Cost(before)))
        {
            return false;
        }

        _memory.Grow((int)words * 32);
        return true;
    }

    private static long Words(int bytes) => (bytes + 31L) / 32;
}
