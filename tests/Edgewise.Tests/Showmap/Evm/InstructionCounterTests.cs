using System.Text;
using System.Text.Json;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Evm.Node;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class InstructionCounterTests
{
    private static readonly EvmCode Outer = new([1, 1, 1, 1]), Inner = new([2, 2, 2]);

    [Fact]
    public void A_delegate_counts_under_the_code_that_runs_and_its_caller_goes_on()
    {
        CallFrame root = Call("CALL", 10, Call("STATICCALL", 4), Call("DELEGATECALL", 20));
        Assert.Equal(
            Lines((Outer, 0, 1), (Outer, 1, 1), (Outer, 2, 1), (Outer, 3, 1), (Inner, 0, 2)),
            Count(root, (0, "STATICCALL", 1), (1, "ADD", 1), (2, "DELEGATECALL", 1), (0, "JUMPDEST", 2), (0, "STOP", 2), (3, "STOP", 1)));
    }

    [Fact]
    public void Init_code_counts_under_its_own_hash_and_what_it_made_under_the_code_that_it_returned()
    {
        byte[] init = [9, 9], made = [7];
        CallFrame root = Call("CALL", 10, new("CREATE", 30, init, made, null, []), Call("CALL", 30));
        Assert.Equal(
            Lines((Outer, 0, 1), (new(init), 1, 1), (Outer, 2, 1), (new(made), 0, 1), (Outer, 3, 1)),
            Count(root, (0, "CREATE", 1), (1, "RETURN", 2), (2, "CALL", 1), (0, "STOP", 2), (3, "STOP", 1)));
    }

    [Fact]
    public void A_call_that_runs_no_code_takes_its_place_in_the_tree()
    {
        CallFrame root = Call("CALL", 10, Call("CALL", 4), Call("CALL", 20));
        Assert.Equal(Lines((Outer, 0, 2), (Inner, 1, 1), (Outer, 1, 1)), Count(root, (0, "CALL", 1), (0, "CALL", 1), (1, "STOP", 2), (1, "STOP", 1)));
    }

    [Fact]
    public void Frames_that_end_together_are_left_together()
    {
        CallFrame root = Call("CALL", 10, Call("CALL", 20, Call("CALL", 20)));
        Assert.Equal(Lines((Outer, 0, 1), (Inner, 0, 1), (Inner, 2, 1), (Outer, 3, 1)), Count(root, (0, "CALL", 1), (0, "CALL", 2), (2, "INVALID", 3), (3, "STOP", 1)));
    }

    [Theory]
    [InlineData(2, "STOP")]
    [InlineData(1, "CALL")]
    public void A_trace_that_disagrees_with_the_tree_is_an_error(int depth, string operation) =>
        Assert.Throws<FormatException>(() => Count(Call("CALL", 10), (0, operation, 1), (0, "STOP", depth + 1)));

    [Fact]
    public void A_place_far_behind_the_code_is_an_error() => Assert.Contains("behind the 4 bytes", Assert.Throws<FormatException>(() => Count(Call("CALL", 10), (4000, "STOP", 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_mutation_of_a_trace_is_counted_or_refused()
    {
        Random random = new(20);
        byte[] trace = Encoding.UTF8.GetBytes(Trace((0, "CALL", 1), (0, "CALL", 2), (2, "INVALID", 3), (3, "STOP", 1)));
        for (int round = 0; round < 5000; round++)
        {
            byte[] mutated = [.. trace];
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            try
            {
                new InstructionCounter(CodeOf, static _ => true).Count(mutated.AsSpan(0, random.Next(3) == 0 ? random.Next(mutated.Length) : mutated.Length), Call("CALL", 10, Call("CALL", 20, Call("CALL", 20))));
            }
            catch (Exception refused) when (refused is FormatException or JsonException or InvalidOperationException)
            {
                // These three are what the executor turns into a message that names the node.
            }
        }
    }

    private static IEnumerable<string> Count(CallFrame root, params (int Pc, string Op, int Depth)[] trace)
    {
        InstructionCounter counter = new(CodeOf, static _ => true);
        counter.Count(Encoding.UTF8.GetBytes(Trace(trace)), root);
        return EvmIds.Lines(counter.Counts);
    }

    private static string Trace(params (int Pc, string Op, int Depth)[] trace) => JsonSerializer.Serialize(new
    {
        failed = false,
        returnValue = "0x",
        structLogs = trace.Select(static step => new { pc = step.Pc, op = step.Op, gas = 5, gasCost = 1, depth = step.Depth, stack = Array.Empty<string>() }),
    });

    private static EvmCode CodeOf(CallFrame frame) => frame.Target == 10 ? Outer : frame.Target == 20 ? Inner : EvmCode.Empty;

    private static CallFrame Call(string type, ulong target, params CallFrame[] calls) => new(type, target, [], [], null, calls);

    private static IEnumerable<string> Lines(params (EvmCode Code, int Pc, int Times)[] points)
    {
        EvmCounts counts = new();
        foreach ((EvmCode code, int pc, int times) in points)
        {
            for (int time = 0; time < times; time++)
            {
                counts.Add(code.Hash, code.Bytes.Length, pc);
            }
        }

        return EvmIds.Lines(counts);
    }
}
