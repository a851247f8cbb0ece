using System.Text.RegularExpressions;
using Edgewise.Instrumentation.Redirections;
using Edgewise.Simulation.Redirects;

namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Each row of the table of simulated calls, by calls that are made in a world.</summary>
public sealed class SimulatedCallTests
{
    private static readonly CallCase[] Cases = [.. TaskCases.All, .. OtherCases.All, .. RealCallCases.All];

    private static readonly Lazy<SimulatedLibrary> Library = new(() =>
        new SimulatedLibrary(TaskCases.Support + RealCallCases.Support + string.Concat(Cases.Select(one => one.Method))));

    public static TheoryData<string> Simulated { get; } = [.. TaskCases.All.Concat(OtherCases.All).Select(one => one.Name)];

    public static TheoryData<string> Reported { get; } = [.. RealCallCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Simulated))]
    public void A_call_in_a_world_is_the_worlds(string name)
    {
        CallCase one = Cases.Single(candidate => candidate.Name == name);

        string[] results = [.. Enumerable.Range(1, 5).Select(seed => Library.Value.Run(name, (ulong)seed))];

        Assert.All(results, result => Assert.Equal(one.Expected, result));
    }

    [Theory]
    [MemberData(nameof(Simulated))]
    public void The_same_seed_makes_the_same_draws(string name)
    {
        string first = Library.Value.Run(name, 7, out long draws);

        string second = Library.Value.Run(name, 7, out long again);

        Assert.Equal((first, draws), (second, again));
    }

    [Theory]
    [MemberData(nameof(Reported))]
    public void A_call_that_no_world_simulates_is_reported_by_name(string name)
    {
        CallCase one = Cases.Single(candidate => candidate.Name == name);

        string result = Library.Value.Run(name);

        Assert.StartsWith(one.Expected, result, StringComparison.Ordinal);
        Assert.True(result.Length > one.Expected.Length, "what to do instead is missing");
    }

    [Fact]
    public void Every_row_of_the_table_has_a_case()
    {
        RedirectedSites sites = Library.Value.Sites;
        string[] missing =
        [
            .. SimulatedCalls.Table.Rows.Where(row => row.Form == RedirectionForm.Replace).Select(row => row.Member).Where(member => !sites.Redirected.ContainsKey(member)),
            .. SimulatedCalls.Table.Rows.Where(row => row.Form == RedirectionForm.Announce).Select(row => row.Member).Where(pattern => !sites.Announced.Keys.Any(Matches(pattern).IsMatch)),
        ];

        Assert.Empty(missing);
        Assert.Empty(sites.LeftAlone);
    }

    private static Regex Matches(string pattern) => new($"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");
}
