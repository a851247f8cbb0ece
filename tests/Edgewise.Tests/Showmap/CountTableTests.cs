using System.Text;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay;

namespace Edgewise.Tests.Showmap;

public sealed class CountTableTests
{
    private const string Start = "cil_aaaaaaaaaaaaaaaa_0000000";

    private static readonly ReplayModule Module = new(PointDomain.Cil, "a.dll", "/a.dll", new string('a', 64), 4);

    [Theory]
    [InlineData(CountRule.Sum, false, false, "1:300 2:9 3:18446744073709551615")]
    [InlineData(CountRule.Max, false, false, "1:297 2:9 3:18446744073709551614")]
    [InlineData(CountRule.Inputs, false, false, "1:2 2:1 3:2")]
    [InlineData(CountRule.Sum, true, false, "1:128 2:16 3:128")]
    [InlineData(CountRule.Inputs, true, false, "1:2 2:1 3:2")]
    [InlineData(CountRule.Sum, false, true, "1:300 3:18446744073709551615")]
    public void Counts_of_entries_become_one_by_a_rule(CountRule rule, bool hasClasses, bool isStable, string lines) =>
        Assert.Equal(Lines(lines), Text(new CountTable(Result(), rule, hasClasses, isStable).Together()));

    [Fact]
    public void An_entry_has_its_own_counts_and_as_an_input_counts_once()
    {
        ReplayResult result = Result();

        Assert.Equal(Lines("1:297 2:9 3:1"), Text(new CountTable(result, CountRule.Sum, hasClasses: false, isStable: false).Of(result.Entries[1])));
        Assert.Equal(Lines("1:1 2:1 3:1"), Text(new CountTable(result, CountRule.Inputs, hasClasses: false, isStable: false).Of(result.Entries[1])));
        Assert.Equal(Lines("1:128 2:16 3:1"), Text(new CountTable(result, CountRule.Max, hasClasses: true, isStable: false).Of(result.Entries[1])));
        Assert.Empty(new CountTable(result, CountRule.Sum, hasClasses: false, isStable: false) { Domains = domain => domain == PointDomain.Evm }.Together());
    }

    // Points 1 to 3, of which the second is unstable.
    private static ReplayResult Result() => new(
        "t", [Module], [[0, 1, 2, 3]], [Entry("a", new(0, 1, 3), new(0, 3, ulong.MaxValue - 1)), Entry("b", new(0, 1, 297), new(0, 2, 9), new(0, 3, 1))], new HashSet<(int, int)> { (0, 2) });

    private static ReplayedEntry Entry(string name, params SlotCount[] counts) =>
        new(new ReplayEntry(name, "/" + name, EntryKind.Input), "", new EntryOutcome(EntryFate.Accepted, "", 1, 0, 0), counts, 0);

    private static string Lines(string lines) => string.Concat(lines.Split(' ').Select(line => $"{Start}{line}\n"));

    private static string Text(byte[] file) => Encoding.ASCII.GetString(file);
}
