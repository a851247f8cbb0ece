using Edgewise.Hosting.Targets;

namespace Edgewise.Fuzzing.Execution;

/// <summary>Gives the counters of a target, one byte a point, as they are at present.</summary>
public delegate Span<byte> CounterSource();

/// <summary>An instrumented copy of a target: what to call, and what it counts.</summary>
/// <remarks>Two images of a target have the same points in the same order, so that what one counts can be compared with what the other did.</remarks>
public sealed unsafe class TargetImage
{
    private readonly CounterSource _source;
    private byte* _counters;
    private int _count;

    /// <summary>An image.</summary>
    /// <param name="body">What to call.</param>
    /// <param name="counters">Its counters, which never move but may become more.</param>
    public TargetImage(FuzzTargetRun body, CounterSource counters)
    {
        Body = body;
        _source = counters;
        Refresh();
    }

    /// <summary>What to call.</summary>
    public FuzzTargetRun Body { get; }

    /// <summary>Number of points that are known so far.</summary>
    public int PointCount => _count;

    /// <summary>The counters as of the last <see cref="Refresh"/>.</summary>
    public Span<byte> Counters => new(_counters, _count);

    /// <summary>Looks again how many counters there are: modules may have been loaded.</summary>
    /// <returns>True where there are more.</returns>
    public bool Refresh()
    {
        Span<byte> counters = _source();
        int before = _count;
        fixed (byte* first = counters)
        {
            // The coverage map is no managed memory: it stays where it is.
            _counters = first;
        }

        _count = counters.Length;
        return _count > before;
    }
}
