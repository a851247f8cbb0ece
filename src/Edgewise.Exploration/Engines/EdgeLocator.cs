using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Feedback;

namespace Edgewise.Exploration.Engines;

/// <summary>
/// Finds the exact draw at which edges were first taken: it looks at their counters before each draw of a run that is known to take them, and journals
/// each one once. An edge that is taken behind the last draw is found at the end.
/// </summary>
public sealed class EdgeLocator(ITimelineTarget target, Journal journal, ReadOnlyMemory<EdgeMark> marks) : IDrawObserver
{
    private readonly bool[] _found = new bool[marks.Length];
    private int _left = marks.Length;

    /// <summary>The state of an edge: the same for the same point and class of a program.</summary>
    public static ulong StateOf(EdgeMark mark) => SeedMixing.Mix(SeedMixing.Mix(0xED6E, (ulong)mark.Point), mark.Class);

    /// <inheritdoc/>
    public void BeforeDraw(RandomSource source, int bound) => Look(source);

    /// <summary>Looks once more, after the run.</summary>
    public void Look(RandomSource source)
    {
        if (_left == 0)
        {
            return;
        }

        ReadOnlySpan<byte> counters = target.Counters;
        ReadOnlySpan<EdgeMark> wanted = marks.Span;
        for (int i = 0; i < wanted.Length; i++)
        {
            EdgeMark mark = wanted[i];
            if (_found[i] || mark.Point >= counters.Length || HitCountClasses.Of(counters[mark.Point]) < mark.Class)
            {
                continue;
            }

            _found[i] = true;
            _left--;
            DiscoveryKind kind = mark.Class == 1 ? DiscoveryKind.NewEdge : DiscoveryKind.NewHitCountClass;
            journal.Add(kind, StateOf(mark), 0, source, (ulong)kind);
        }
    }
}
