namespace Edgewise.Sancov.Symcov;

/// <summary>Points of a <c>.symcov</c> by file and function, in the order in which files have them.</summary>
internal sealed class SymcovGroup
{
    private readonly Dictionary<string, List<SymcovPoint>> _functions = [];

    private SymcovGroup(string file) => File = file;

    /// <summary>The source.</summary>
    public string File { get; }

    /// <summary>Its functions by name, each with its points in their order.</summary>
    public IEnumerable<KeyValuePair<string, List<SymcovPoint>>> Functions => _functions.OrderBy(static function => function.Key, StringComparer.Ordinal);

    /// <summary>Groups points; the files are sorted.</summary>
    public static IReadOnlyList<SymcovGroup> Of(IReadOnlyList<SymcovPoint> points)
    {
        Dictionary<string, SymcovGroup> files = [];
        SymcovGroup? last = null;
        foreach (SymcovPoint point in points)
        {
            if ((last is null || !ReferenceEquals(last.File, point.File)) && !files.TryGetValue(point.File, out last))
            {
                files.Add(point.File, last = new SymcovGroup(point.File));
            }

            last!.Add(point);
        }

        List<SymcovGroup> sorted = [.. files.Values];
        sorted.Sort(static (a, b) => string.CompareOrdinal(a.File, b.File));
        return sorted;
    }

    private void Add(SymcovPoint point)
    {
        if (!_functions.TryGetValue(point.Function, out List<SymcovPoint>? points))
        {
            _functions.Add(point.Function, points = []);
        }

        points.Add(point);
    }
}
