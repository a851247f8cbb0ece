using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Bugs;

/// <summary>One bug: all abnormal ends with one kind and signature.</summary>
public sealed class Bug
{
    /// <summary>Timelines that a bug keeps.</summary>
    public const int MostTimelines = 4;

    private readonly List<Timeline> _timelines = [];

    internal Bug(TimelineEnd end, long run)
    {
        Kind = end.Bug!.Value;
        Signature = end.Signature;
        Message = end.Message;
        FirstRun = run;
    }

    /// <summary>The kind of end.</summary>
    public BugKind Kind { get; }

    /// <summary>What makes two ends the same bug.</summary>
    public string Signature { get; }

    /// <summary>What the first of its ends said.</summary>
    public string Message { get; }

    /// <summary>Number of the run that showed it first, from 1, over all root seeds.</summary>
    public long FirstRun { get; }

    /// <summary>Number of runs that showed it.</summary>
    public long Count { get; internal set; }

    /// <summary>Timelines that show it, the first found first; a few.</summary>
    public IReadOnlyList<Timeline> Timelines => _timelines;

    /// <summary>The same timelines with their recipes shortened, once that is done.</summary>
    public IReadOnlyList<Timeline> Shortened { get; internal set; } = [];

    /// <summary>Runs that the shortening took.</summary>
    public long ShorteningRuns { get; internal set; }

    /// <summary>What a replay in a process of its own gave; null while there was none.</summary>
    public string? Verification { get; set; }

    /// <summary>The timeline to show: the shortest one.</summary>
    public Timeline Best => (Shortened.Count > 0 ? Shortened : _timelines).MinBy(timeline => timeline.Recipe.Length);

    /// <summary>True for an end that shows this bug: its kind and signature.</summary>
    public bool IsShownBy(TimelineEnd end) => end.Bug == Kind && end.Signature == Signature;

    /// <summary>True if the signature or the message contains a text, by which the bug that a search is to find is known.</summary>
    public bool Mentions(string text) => Signature.Contains(text, StringComparison.Ordinal) || Message.Contains(text, StringComparison.Ordinal);

    internal void Add(Timeline timeline)
    {
        Count++;
        if (_timelines.Count < MostTimelines)
        {
            _timelines.Add(timeline);
        }
    }
}
