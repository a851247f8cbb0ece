using Edgewise.Showmap.Evm.Words;
using static Edgewise.Showmap.Evm.Local.EvmOperations;

namespace Edgewise.Showmap.Evm.Local;

// Instructions that start another frame.
internal sealed partial class EvmFrame
{
    private const int ValueCost = 9000, NewAccountCost = 25000, Stipend = 2300;

    private void Call(byte operation)
    {
        EvmWord wanted = Take(), address = Take().Address, value = operation is EvmOperations.Call or CallCode ? Take() : EvmWord.Zero;
        EvmWord inputOffset = Take(), inputLength = Take(), outputOffset = Take(), outputLength = Take();
        if (operation == EvmOperations.Call && message.IsStatic && !value.IsZero)
        {
            _end = EvmEnd.Halted;
            return;
        }

        if (!Expand(inputOffset, inputLength, out int inputStart, out int inputCount) || !Expand(outputOffset, outputLength, out int outputStart, out int outputCount))
        {
            return;
        }

        long cost = _world.Warm(address) ? WarmCost : ColdAccountCost;
        if (_world.Code(address).Delegate is { } other)
        {
            cost += _world.Warm(other) ? WarmCost : ColdAccountCost;
        }

        if (!value.IsZero)
        {
            cost += ValueCost + (operation == EvmOperations.Call && _world.IsEmpty(address) ? NewAccountCost : 0);
        }

        if (!Charge(cost))
        {
            return;
        }

        // EIP-150: a 64th stays with the caller.
        long most = _gas - (_gas / 64), gas = wanted < (ulong)most ? (long)wanted.Low : most;
        _gas -= gas;
        byte[] input = _memory.Range(inputStart, inputCount).ToArray();
        bool delegates = operation == DelegateCall, borrows = delegates || operation == CallCode;
        EvmFrameResult result = machine.Call(new(
            delegates ? message.Caller : message.Account, borrows ? message.Account : address, address, input, delegates ? message.Value : value, !delegates,
            gas + (value.IsZero ? 0 : Stipend), message.IsStatic || operation == StaticCall, message.Depth + 1));
        _gas += result.GasLeft;
        _returned = result.Output;
        result.Output.AsSpan(0, Math.Min(outputCount, result.Output.Length)).CopyTo(_memory.Range(outputStart, outputCount));
        Push(result.End == EvmEnd.Returned);
    }

    private void MakeContract(bool salted)
    {
        EvmWord value = Take(), offset = Take(), length = Take();
        EvmWord? salt = salted ? Take() : null;
        if (message.IsStatic || !Expand(offset, length, out int start, out int count))
        {
            _end = EvmEnd.Halted;
            return;
        }

        // EIP-3860 prices init code; its limit is lifted, as forge lifts it for tests.
        long cost = (machine.Fork >= EvmFork.Shanghai ? 2 * Words(count) : 0) + (salted ? 6 * Words(count) : 0);
        if (!Charge(cost))
        {
            return;
        }

        long gas = _gas - (_gas / 64);
        _gas -= gas;
        EvmFrameResult result = machine.Make(message.Account, value, _memory.Range(start, count).ToArray(), salt, gas, message.Depth + 1);
        _gas += result.GasLeft;
        _returned = result.End == EvmEnd.Reverted ? result.Output : [];
        Push(result.End == EvmEnd.Returned ? result.Made : EvmWord.Zero);
    }
}
