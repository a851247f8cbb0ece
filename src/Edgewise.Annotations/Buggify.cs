namespace Edgewise.Annotations;

/// <summary>
/// Fault points in product code: places at which a simulated world may make something rare happen. Outside of a world no point fires and every knob has
/// its usual value.
/// </summary>
/// <remarks>
/// As in FoundationDB: in each run a point is switched on or off as a whole, with probability one half each, at its first call; a point that is on
/// fires with its own probability.
/// </remarks>
public static class Buggify
{
    /// <summary>Probability with which a point that is on fires, where none is given.</summary>
    public const double UsualProbability = 0.25;

    /// <summary>True if the rare thing is to happen now.</summary>
    /// <param name="name">Name of the point, the same at every call.</param>
    /// <param name="probability">Probability with which it fires in a run in which it is on.</param>
    public static bool Point(string name, double probability = UsualProbability) =>
        SimulationHooks.Current is { } hooks && hooks.Buggify(name, probability);

    /// <summary>A setting that a world may choose otherwise, once a run.</summary>
    /// <param name="name">Name of the knob, the same at every call.</param>
    /// <param name="usual">Its value outside of a world, and in the runs in which it is left alone.</param>
    /// <param name="from">Smallest other value.</param>
    /// <param name="to">One more than the largest other value.</param>
    public static long Knob(string name, long usual, long from, long to) =>
        SimulationHooks.Current is { } hooks ? hooks.Knob(name, usual, from, to) : usual;
}
