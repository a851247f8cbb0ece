using System.Text.Json;
using Edgewise.Showmap.Evm.State;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>
/// Counts the instructions of a trace. A trace tells place and depth of each, the tree of calls tells whose code a depth runs: an instruction that calls takes the next call of its frame,
/// and where the next instruction is one deeper, that call ran code.
/// </summary>
/// <param name="codeOf">The code of an account; not asked for contracts that are being made, or were made in the trace.</param>
/// <param name="isCounted">False for frames that do not count.</param>
internal sealed class InstructionCounter(Func<CallFrame, EvmCode> codeOf, Func<CallFrame, bool> isCounted)
{
    private readonly List<Frame> _frames = [];
    private bool _calls;

    /// <summary>The counts.</summary>
    public EvmCounts Counts { get; } = new();

    /// <summary>Reads the result of <c>debug_traceCall</c> without a tracer. It is not held in memory but as the bytes that came.</summary>
    /// <param name="json">The result.</param>
    /// <param name="root">The tree of calls of the same call.</param>
    /// <exception cref="FormatException">The trace is of another form, or disagrees with the tree.</exception>
    public void Count(ReadOnlySpan<byte> json, CallFrame root)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        bool found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool logs = reader.ValueTextEquals("structLogs"u8);
            reader.Read();
            if (!logs)
            {
                reader.Skip();
                continue;
            }

            found = reader.TokenType == JsonTokenType.StartArray;
            while (found && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                (int pc, int depth, bool calls) = ReadInstruction(ref reader);
                Count(pc, depth, calls, root);
            }
        }

        if (!found)
        {
            throw new FormatException("no structLogs");
        }
    }

    private static (int Pc, int Depth, bool Calls) ReadInstruction(ref Utf8JsonReader reader)
    {
        int pc = -1, depth = -1;
        bool calls = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("pc"u8))
            {
                reader.Read();
                pc = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("depth"u8))
            {
                reader.Read();
                depth = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("op"u8))
            {
                reader.Read();
                calls = reader.ValueTextEquals("CALL"u8) || reader.ValueTextEquals("STATICCALL"u8) || reader.ValueTextEquals("DELEGATECALL"u8)
                    || reader.ValueTextEquals("CREATE"u8) || reader.ValueTextEquals("CREATE2"u8) || reader.ValueTextEquals("CALLCODE"u8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return pc >= 0 && depth >= 1 ? (pc, depth, calls) : throw new FormatException("an instruction without pc or depth");
    }

    private void Count(int pc, int depth, bool calls, CallFrame root)
    {
        if (_frames.Count == 0)
        {
            _frames.Add(Start(root));
        }
        else if (_calls)
        {
            CallFrame? called = _frames[^1].Next();
            if (depth == _frames.Count + 1)
            {
                _frames.Add(Start(called ?? throw new FormatException($"the trace has a call at depth {depth} that the tree of calls has not")));
            }
        }

        if (depth > _frames.Count)
        {
            throw new FormatException($"the trace goes to depth {depth} without a call");
        }

        for (; _frames.Count > depth; _frames.RemoveAt(_frames.Count - 1))
        {
            Made(_frames[^1].Call);
        }

        Frame frame = _frames[^1];
        if (frame.IsCounted)
        {
            try
            {
                Counts.Add(frame.Code.Hash, frame.Code.Bytes.Length, pc);
            }
            catch (ArgumentOutOfRangeException)
            {
                throw new FormatException($"the trace runs at {pc}, behind the {frame.Code.Bytes.Length} bytes of code of {frame.Call.Target.ToAddress()}");
            }
        }

        _calls = calls;
    }

    private readonly Dictionary<Words.EvmWord, EvmCode> _made = [];

    private void Made(CallFrame call)
    {
        if (call is { Makes: true, Error: null })
        {
            _made[call.Target] = new(call.Output);
        }
    }

    private Frame Start(CallFrame call)
    {
        EvmCode code = call.Makes ? new(call.Input) : _made.GetValueOrDefault(call.Target) ?? codeOf(call);
        return new(call, code, isCounted(call));
    }

    private sealed class Frame(CallFrame call, EvmCode code, bool isCounted)
    {
        private int _next;

        public CallFrame Call => call;

        public EvmCode Code => code;

        public bool IsCounted => isCounted;

        public CallFrame? Next() => _next < call.Calls.Count ? call.Calls[_next++] : null;
    }
}
