namespace Edgewise.Simulation.Loading;

/// <summary>What to offer to somebody who mistyped a name.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>A message that names the nearest of the names there are, or all if none is near.</summary>
    public static string Message(string name, IReadOnlyList<string> names, string path)
    {
        string[] near = [.. names.Select(known => (Name: known, Distance: Distance(name, known)))
            .Where(known => known.Distance <= Math.Max(2, name.Length / 2))
            .OrderBy(known => known.Distance).Take(Most).Select(known => known.Name)];
        return near.Length > 0
            ? $"{path}: no simulation '{name}'; did you mean {string.Join(", ", near)}?"
            : $"{path}: no simulation '{name}'; there are: {string.Join(", ", names)}";
    }

    // Levenshtein's.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
