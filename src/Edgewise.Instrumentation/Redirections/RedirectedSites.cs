namespace Edgewise.Instrumentation.Redirections;

/// <summary>What became of a module's uses of redirected members.</summary>
public sealed class RedirectedSites
{
    private readonly SortedDictionary<string, int> _redirected = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _announced = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _leftAlone = new(StringComparer.Ordinal);

    /// <summary>Uses that go to a target, by member.</summary>
    public IReadOnlyDictionary<string, int> Redirected => _redirected;

    /// <summary>Uses that are announced first, by member.</summary>
    public IReadOnlyDictionary<string, int> Announced => _announced;

    /// <summary>Uses that cannot be redirected and are as they were, by form and member: <c>base call of System.Threading.WaitHandle::WaitOne()</c>.</summary>
    public IReadOnlyDictionary<string, int> LeftAlone => _leftAlone;

    internal void CountRedirected(string member) => Count(_redirected, member);

    internal void CountAnnounced(string member) => Count(_announced, member);

    internal void CountLeftAlone(string form, string member) => Count(_leftAlone, $"{form} of {member}");

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
