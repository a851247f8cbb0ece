using Edgewise.Exploration;
using Edgewise.Exploration.Engines.Workers;

namespace Edgewise.Tests.Exploration.Engines;

public sealed class WorkerDeathTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1.5);

    // As .NET 10 writes them.
    [Theory]
    [InlineData("Stack overflow.\nRepeated 261674 times:\n----\n   at Shop.Cart.Add(Int32)\n----", BugKind.Crash, "SIGABRT: Stack overflow. at Shop.Cart.Add(Int32)")]
    [InlineData("Process terminated.\nthe lock is gone\n   at System.Environment.FailFast(System.String)\n   at Shop.Cart.Lock()", BugKind.Crash, "SIGABRT: Process terminated. at Shop.Cart.Lock()")]
    [InlineData("Fatal error.\nSystem.AccessViolationException: Attempted to read\n   at Shop.Cart.Read()", BugKind.Crash, "SIGABRT: Fatal error. System.AccessViolationException at Shop.Cart.Read()")]
    [InlineData("Unhandled exception. System.InvalidOperationException: nobody listens\n   at Shop.Cart.Tell()", BugKind.Exception, "System.InvalidOperationException at Shop.Cart.Tell()")]
    [InlineData("Unhandled exception. System.OutOfMemoryException: Exception of type\n   at Shop.Cart.Fill()", BugKind.OutOfMemory, "out of memory")]
    [InlineData("a line of the program\nOut of memory.", BugKind.OutOfMemory, "out of memory")]
    [InlineData("", BugKind.Crash, "SIGABRT")]
    public void What_the_runtime_says_before_it_aborts_tells_the_kind_and_the_place(string error, BugKind kind, string signature)
    {
        TimelineEnd end = WorkerDeath.ToEnd(new DeathRecord(DeathCause.Signal, 6), error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Deadline);

        Assert.Equal((kind, signature), (end.Bug, end.Signature));
    }

    [Fact]
    public void The_message_leaves_out_what_differs_from_run_to_run_and_the_frames_of_the_engine()
    {
        string[] error = ["Stack overflow.", "Repeated 261674 times:", "   at Shop.Cart.Add(Int32)", "   at Edgewise.Exploration.Engines.TimelineRun.Run()", "   at Program.Main()"];

        TimelineEnd end = WorkerDeath.ToEnd(new DeathRecord(DeathCause.Signal, 6), error, Deadline);

        Assert.Equal("the process was ended by SIGABRT\nStack overflow.\n   at Shop.Cart.Add(Int32)", end.Message);
    }

    [Theory]
    [InlineData(DeathCause.Signal, 9, BugKind.Crash, "SIGKILL")]
    [InlineData(DeathCause.Signal, 11, BugKind.Crash, "SIGSEGV")]
    [InlineData(DeathCause.Signal, 42, BugKind.Crash, "signal 42")]
    [InlineData(DeathCause.Exit, 3, BugKind.ExitCode, "exit code 3")]
    [InlineData(DeathCause.Timeout, 0, BugKind.Timeout, "timeout")]
    [InlineData(DeathCause.Hang, 0, BugKind.Hang, "hang")]
    internal void Other_deaths_are_told_by_their_cause(DeathCause cause, int number, BugKind kind, string signature)
    {
        TimelineEnd end = WorkerDeath.ToEnd(new DeathRecord(cause, number), [], Deadline);

        Assert.Equal((kind, signature), (end.Bug, end.Signature));
    }

    [Fact]
    public void A_timeout_says_how_long_the_run_was_given()
    {
        TimelineEnd end = WorkerDeath.ToEnd(new DeathRecord(DeathCause.Timeout, 0), [], Deadline);

        Assert.Equal("still running after 1.5 s, and killed", end.Message);
    }
}
