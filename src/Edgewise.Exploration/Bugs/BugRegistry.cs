using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Bugs;

/// <summary>The bugs of a search, each once.</summary>
public sealed class BugRegistry
{
    private readonly Dictionary<(BugKind Kind, string Signature), Bug> _bySignature = [];
    private readonly List<Bug> _bugs = [];

    /// <summary>The bugs, the first found first.</summary>
    public IReadOnlyList<Bug> Bugs => _bugs;

    /// <summary>Adds an abnormal end.</summary>
    /// <returns>True if the bug is new.</returns>
    public bool Add(Timeline timeline, TimelineEnd end, long run)
    {
        (BugKind, string) key = (end.Bug!.Value, end.Signature);
        bool isNew = !_bySignature.TryGetValue(key, out Bug? bug);
        if (isNew)
        {
            bug = new Bug(end, run);
            _bySignature.Add(key, bug);
            _bugs.Add(bug);
        }

        bug!.Add(timeline);
        return isNew;
    }
}
