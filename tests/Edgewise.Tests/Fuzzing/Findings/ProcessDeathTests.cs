using Edgewise.Fuzzing.Findings;
using Edgewise.Supervision;

namespace Edgewise.Tests.Fuzzing.Findings;

// The lines are those of the runtime, from processes that ended so.
public sealed class ProcessDeathTests
{
    private const int Abort = 128 + 6;

    [Fact]
    public void A_stack_overflow_is_told_by_the_methods_that_call_each_other_whichever_of_them_came_last()
    {
        string[] lines =
        [
            "Stack overflow.", "Repeated 130823 times:", "--------------------------------", "   at Fuzzed.Ends.Descend(Int32)", "   at Fuzzed.Ends.Ascend(Int32)",
            "--------------------------------", "   at Fuzzed.Ends.Descend(Int32)", "   at Fuzzed.Ends.Ends(System.ReadOnlySpan`1<Byte>)",
            "   at Edgewise.Fuzzing.Execution.Executor.Run(Edgewise.Fuzzing.Execution.TargetImage, Int32)", "   at Program.<Main>$(System.String[])",
        ];
        string[] other = [.. lines];
        (other[3], other[4], other[6]) = (lines[4], lines[3], "   at Fuzzed.Ends.Ascend(Int32)");

        var death = ProcessDeath.Of(new ProcessEnd(Abort), lines);

        Assert.Equal(("stack overflow < Fuzzed.Ends.Ascend < Fuzzed.Ends.Descend", "stack overflow in Fuzzed.Ends.Ascend"), (death.Signature, death.Title));
        Assert.DoesNotContain("Edgewise", death.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("Program", death.Details, StringComparison.Ordinal);
        Assert.Equal(death.Signature, ProcessDeath.Of(new ProcessEnd(Abort), other).Signature);
    }

    [Fact]
    public void A_fail_fast_is_told_by_its_message_and_place()
    {
        var death = ProcessDeath.Of(new ProcessEnd(Abort),
        [
            "a line of the target", "Process terminated.", "the file is broken", "   at System.Environment.FailFast(System.String)", "   at Fuzzed.Ends.Run(System.ReadOnlySpan`1<Byte>)",
            "   at Edgewise.Fuzzing.Execution.Executor.Run(Int32)",
        ]);

        Assert.Equal(("fail fast < Fuzzed.Ends.Run", "Environment.FailFast: the file is broken"), (death.Signature, death.Title));
        Assert.StartsWith("Process terminated.", death.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void An_access_violation_is_told_by_its_type_and_place()
    {
        var death = ProcessDeath.Of(new ProcessEnd(Abort),
        [
            "Fatal error.", "System.AccessViolationException: Attempted to read or write protected memory. This is often an indication that other memory is corrupt.",
            "   at Fuzzed.Ends.WriteNowhere()", "   at Fuzzed.Ends.Run(System.ReadOnlySpan`1<Byte>)",
        ]);

        Assert.Equal(("System.AccessViolationException < Fuzzed.Ends.WriteNowhere < Fuzzed.Ends.Run", "AccessViolation in Fuzzed.Ends.WriteNowhere"), (death.Signature, death.Title));
    }

    [Fact]
    public void An_exception_in_a_thread_is_told_by_its_type()
    {
        var death = ProcessDeath.Of(new ProcessEnd(Abort), ["Unhandled exception. System.NotSupportedException: in a thread of its own", "   at Fuzzed.Ends.<>c.<Run>b__7_0() in /src/Ends.cs:line 74"]);

        Assert.Equal("unhandled System.NotSupportedException < Fuzzed.Ends.<>c.<Run>b__7_0", death.Signature);
        Assert.Contains("Ends.cs:line 74", death.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "exit code 3", "the target ended the process with exit code 3")]
    [InlineData(0, "exit code 0", "the target ended the process with exit code 0")]
    [InlineData(128 + 11, "signal 11", "the process was ended by signal 11 (SIGSEGV)")]
    public void A_process_that_wrote_nothing_is_told_by_how_it_ended(int exitCode, string signature, string title)
    {
        var death = ProcessDeath.Of(new ProcessEnd(exitCode), []);

        Assert.Equal((signature, title), (death.Signature, death.Title));
    }

    [Fact]
    public void The_callers_of_a_target_are_cut_off_a_trace_and_an_inner_trace_is_kept()
    {
        string[] trace =
        [
            "System.InvalidOperationException: outer", " ---> System.FormatException: inner", "   at Lib.Parser.Number()", "   --- End of inner exception stack trace ---", "   at Lib.Parser.Parse()",
            "   at Edgewise.Fuzzing.Execution.Executor.Run(TargetImage image, Int32 length)", "   at Lib.NotReached()",
        ];

        Assert.Equal(trace[..5], TargetTrace.Cut(trace));
        Assert.Equal(["Lib.Parser.Number", "Lib.Parser.Parse"], TargetTrace.Methods(trace));
    }
}
