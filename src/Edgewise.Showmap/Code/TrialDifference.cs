namespace Edgewise.Showmap.Code;

/// <summary>A place in the source of which one trial hit points that the other did not.</summary>
/// <param name="Place">The place.</param>
/// <param name="First">Points there that only the first trial hit.</param>
/// <param name="Second">Points there that only the second trial hit.</param>
public readonly record struct TrialDifference(PointPlace Place, int First, int Second)
{
    /// <summary>Compares two trials, by file, line and function.</summary>
    /// <param name="first">The one.</param>
    /// <param name="firstPlaces">Places of its lines.</param>
    /// <param name="second">The other.</param>
    /// <param name="secondPlaces">Places of its lines.</param>
    public static IReadOnlyList<TrialDifference> Find(Trial first, IReadOnlyList<PointPlace> firstPlaces, Trial second, IReadOnlyList<PointPlace> secondPlaces)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(firstPlaces);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(secondPlaces);
        var counts = new Dictionary<PointPlace, (int First, int Second)>();
        HashSet<string> inFirst = [.. first.Lines.Select(line => line.Name)], inSecond = [.. second.Lines.Select(line => line.Name)];
        for (int i = 0; i < first.Lines.Count; i++)
        {
            if (!inSecond.Contains(first.Lines[i].Name))
            {
                (int one, int other) = counts.GetValueOrDefault(firstPlaces[i]);
                counts[firstPlaces[i]] = (one + 1, other);
            }
        }

        for (int i = 0; i < second.Lines.Count; i++)
        {
            if (!inFirst.Contains(second.Lines[i].Name))
            {
                (int one, int other) = counts.GetValueOrDefault(secondPlaces[i]);
                counts[secondPlaces[i]] = (one, other + 1);
            }
        }

        return [.. counts.Select(count => new TrialDifference(count.Key, count.Value.First, count.Value.Second))
            .OrderBy(difference => difference.Place.File, StringComparer.Ordinal).ThenBy(difference => difference.Place.Line).ThenBy(difference => difference.Place.Function, StringComparer.Ordinal)];
    }

    /// <summary>Refuses trials of different builds: their points have nothing to do with each other.</summary>
    /// <exception cref="ShowmapException">A module of one name has two hashes.</exception>
    public static void CheckSameBuilds(Trial first, Trial second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        foreach (TrialModule module in first.Modules)
        {
            if (second.Modules.FirstOrDefault(other => other.Name == module.Name && other.Domain == module.Domain) is { } other && other.Hash != module.Hash)
            {
                throw new ShowmapException($"{module.Name}: the trials counted different builds: {module.Hash} in {first.Path}, {other.Hash} in {second.Path}");
            }
        }
    }
}
