using System.Text.RegularExpressions;
using Edgewise.Simulation.Redirects;

namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>docs/simulated-calls.md lists the calls of the table, and no others.</summary>
public sealed partial class SimulatedCallsPageTests
{
    [Fact]
    public void The_page_and_the_table_name_the_same_calls()
    {
        string[] inTable = [.. SimulatedCalls.Table.Rows.Select(row => CallNames.Short(row.Member).Split('(')[0]).Distinct()];

        string[] inPage = [.. Page().SelectMany(NamesIn).Distinct()];

        Assert.True(inPage.Length > 100);
        Assert.Empty(inTable.Except(inPage));
        Assert.Empty(inPage.Except(inTable));
    }

    [Theory]
    [InlineData("System.Threading.Tasks.Task`1::ContinueWith(System.Action`1<System.Threading.Tasks.Task`1<!0>>)", "Task.ContinueWith(Action<Task<T>>)")]
    [InlineData("System.IO.StreamReader::.ctor(System.String, System.Boolean)", "new StreamReader(String, Boolean)")]
    [InlineData("[My.Library]My.Outer+Clock::Now()", "Clock.Now()")]
    [InlineData("System.DateTime::get_UtcNow()", "DateTime.UtcNow")]
    [InlineData("System.IO.File::*", "File.*")]
    public void Calls_are_named_as_people_write_them(string member, string name) => Assert.Equal(name, CallNames.Short(member));

    // The first column of the tables in front of "How a call is redirected".
    private static IEnumerable<string> Page()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edgewise.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return File.ReadLines(Path.Combine(folder, "docs", "simulated-calls.md"))
            .TakeWhile(line => line != "## How a call is redirected")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1]);
    }

    private static IEnumerable<string> NamesIn(string column) => Quoted().Matches(column).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
