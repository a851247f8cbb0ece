using System.Diagnostics;
using Edgewise.Supervision;

namespace Edgewise.Tests.Supervision;

public sealed class ThisProgramTests
{
    [Fact]
    public void Its_command_is_what_this_process_was_started_with()
    {
        IReadOnlyList<string> command = ThisProgram.Command();

        Assert.Equal(Environment.ProcessPath, command[0]);
        Assert.True(command.Count == 1 || command[1] == typeof(ThisProgramTests).Assembly.Location, string.Join(' ', command));
    }

    [Fact]
    public void It_is_started_with_the_hook_of_an_assembly()
    {
        ProcessStartInfo start = ThisProgram.StartWith(typeof(ThisProgram).Assembly);

        Assert.Equal(ThisProgram.Command(), [start.FileName, .. start.ArgumentList]);
        Assert.Equal(typeof(ThisProgram).Assembly.Location, start.Environment["DOTNET_STARTUP_HOOKS"]);
    }
}
