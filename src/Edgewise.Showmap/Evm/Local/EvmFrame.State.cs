using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;
using static Edgewise.Showmap.Evm.Local.EvmOperations;

namespace Edgewise.Showmap.Evm.Local;

// Instructions that read or write memory, the transaction, the block and accounts.
internal sealed partial class EvmFrame
{
    // Instructions that look at something: false where the instruction is another.
    private bool Look(byte operation)
    {
        switch (operation)
        {
            case Address: Push(message.Account); return true;
            case Origin: Push(machine.Origin); return true;
            case Caller: Push(message.Caller); return true;
            case CallValue: Push(message.Value); return true;
            case CallDataSize: Push((ulong)message.Input.Length); return true;
            case CodeSize: Push((ulong)code.Bytes.Length); return true;
            case ReturnDataSize: Push((ulong)_returned.Length); return true;
            case MSize: Push((ulong)_memory.Length); return true;
            case GasPrice or BaseFee or Coinbase or PrevRandao: Push(EvmWord.Zero); return true;
            case Timestamp: Push(machine.Timestamp); return true;
            case Number: Push(machine.Number); return true;
            case GasLimit: Push((ulong)machine.GasLimit); return true;
            case ChainId: Push(machine.ChainId); return true;
            case SelfBalance: Push(_world.Balance(message.Account)); return true;
            case BlobBaseFee: Push(EvmWord.One); return true;
            case BlobHash: Take(); Push(EvmWord.Zero); return true;
            case BlockHash:
                {
                    EvmWord number = Take();
                    Push(number < machine.Number && machine.Number - number <= 256 && number.IsUInt64 ? _world.Chain.BlockHash(number.Low) : EvmWord.Zero);
                    return true;
                }

            case CallDataLoad:
                {
                    EvmWord from = Take();
                    int start = from.IsUInt64 && from.Low < (ulong)message.Input.Length ? (int)from.Low : message.Input.Length, count = Math.Min(EvmWord.Size, message.Input.Length - start);
                    Push(count == 0 ? EvmWord.Zero : EvmWord.FromBytes(message.Input.AsSpan(start, count)) << (8 * (EvmWord.Size - count)));
                    return true;
                }

            case Balance or ExtCodeSize or ExtCodeHash:
                {
                    EvmWord address = Take().Address;
                    if (Charge(_world.Warm(address) ? WarmCost : ColdAccountCost))
                    {
                        Push(operation == Balance ? _world.Balance(address) : operation == ExtCodeSize ? (ulong)_world.Code(address).Bytes.Length
                            : _world.IsEmpty(address) ? EvmWord.Zero : _world.Code(address).Hash);
                    }

                    return true;
                }

            case SLoad:
                {
                    EvmWord slot = Take();
                    if (Charge(_world.Warm(message.Account, slot) ? WarmCost : ColdSlotCost))
                    {
                        Push(_world.Storage(message.Account, slot));
                    }

                    return true;
                }

            case TLoad: Push(_world.Transient(message.Account, Take())); return true;
            case MLoad:
                {
                    if (Expand(Take(), EvmWord.Size, out int start, out _))
                    {
                        Push(_memory.Word(start));
                    }

                    return true;
                }

            case Keccak:
                {
                    if (Expand(Take(), Take(), out int start, out int count) && Charge(6 * Words(count)))
                    {
                        Push(Keccak256.Hash(_memory.Range(start, count)));
                    }

                    return true;
                }

            default: return false;
        }
    }

    private void Act(byte operation)
    {
        switch (operation)
        {
            case Stop: _end = EvmEnd.Returned; break;
            case Return: Finish(EvmEnd.Returned); break;
            case Revert: Finish(EvmEnd.Reverted); break;
            case MStore or MStore8: StoreMemory(operation); break;
            case MCopy: CopyMemory(); break;
            case CallDataCopy: Copy(message.Input); break;
            case CodeCopy: Copy(code.Bytes); break;
            case ReturnDataCopy: CopyReturned(); break;
            case ExtCodeCopy:
                {
                    EvmWord address = Take().Address;
                    if (Charge((_world.Warm(address) ? WarmCost : ColdAccountCost)))
                    {
                        Copy(_world.Code(address).Bytes);
                    }

                    break;
                }

            case SStore or TStore when message.IsStatic: _end = EvmEnd.Halted; break;
            case SStore: Store(Take(), Take()); break;
            case TStore: _world.SetTransient(message.Account, Take(), Take()); break;
            case >= Log0 and <= Log4: Log(operation - Log0); break;
            case EvmOperations.Call or CallCode or DelegateCall or StaticCall: Call(operation); break;
            case Create or Create2: MakeContract(operation == Create2); break;
            case SelfDestruct: Destroy(); break;
            default: _end = EvmEnd.Halted; break;
        }
    }

    private void Finish(EvmEnd end)
    {
        if (Expand(Take(), Take(), out int start, out int count))
        {
            _output = _memory.Range(start, count).ToArray();
            _end = end;
        }
    }

    private void StoreMemory(byte operation)
    {
        EvmWord offset = Take(), word = Take();
        if (Expand(offset, operation == MStore ? EvmWord.Size : 1UL, out int start, out int count))
        {
            if (operation == MStore)
            {
                word.WriteTo(_memory.Range(start, count));
            }
            else
            {
                _memory.Range(start, count)[0] = (byte)word.Low;
            }
        }
    }

    private void CopyMemory()
    {
        EvmWord to = Take(), from = Take(), length = Take();
        if (Expand(to > from ? to : from, length, out _, out int count) && Charge(3 * Words(count)) && count > 0)
        {
            _memory.Range((int)from.Low, count).CopyTo(_memory.Range((int)to.Low, count));
        }
    }

    private void Copy(ReadOnlySpan<byte> source)
    {
        EvmWord to = Take(), from = Take(), length = Take();
        if (Expand(to, length, out int start, out int count) && Charge(3 * Words(count)))
        {
            _memory.Copy(start, count, source, from);
        }
    }

    private void CopyReturned()
    {
        EvmWord to = Take(), from = Take(), length = Take();
        if (!from.IsUInt64 || !length.IsUInt64 || (UInt128)from.Low + length.Low > (ulong)_returned.Length)
        {
            _end = EvmEnd.Halted;
        }
        else if (Expand(to, length, out int start, out int count) && Charge(3 * Words(count)))
        {
            _memory.Copy(start, count, _returned, from);
        }
    }

    private void Log(int topics)
    {
        EvmWord offset = Take(), length = Take();
        _top -= topics;
        if (message.IsStatic)
        {
            _end = EvmEnd.Halted;
        }
        else if (Expand(offset, length, out _, out int count))
        {
            Charge(8L * count);
        }
    }

    // EIP-2200 with the prices of EIP-2929. What is refunded cannot be seen from inside, so it is not kept.
    private void Store(EvmWord slot, EvmWord value)
    {
        if (_gas <= 2300)
        {
            _end = EvmEnd.Halted;
            return;
        }

        long cost = _world.Warm(message.Account, slot) ? 0 : ColdSlotCost;
        EvmWord current = _world.Storage(message.Account, slot), original = _world.Original(message.Account, slot);
        cost += value == current || original != current ? WarmCost : original.IsZero ? 20000 : 5000 - ColdSlotCost;
        if (Charge(cost) && value != current)
        {
            _world.SetStorage(message.Account, slot, value);
        }
    }

    private void Destroy()
    {
        EvmWord heir = Take().Address;
        long cost = _world.Warm(heir) ? 0 : ColdAccountCost;
        cost += _world.IsEmpty(heir) && !_world.Balance(message.Account).IsZero ? 25000 : 0;
        if (message.IsStatic || !Charge(cost))
        {
            _end = EvmEnd.Halted;
            return;
        }

        _world.Destroy(message.Account, heir);
        _end = EvmEnd.Returned;
    }
}
