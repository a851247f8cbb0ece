namespace Edgewise.Showmap.Differential.OverTime;

/// <summary>How many edges a trial covered at which time: a step at each entry that added some.</summary>
public sealed class CoverageGrowth
{
    private readonly List<(double Seconds, int Edges)> _steps = [];

    /// <summary>Times in seconds since the trial's start, rising, each with how many edges were covered from then on.</summary>
    public IReadOnlyList<(double Seconds, int Edges)> Steps => _steps;

    /// <summary>Tells how many edges are covered from some time on.</summary>
    /// <param name="seconds">Not less than last time.</param>
    /// <param name="edges">Not less than last time.</param>
    public void Add(double seconds, int edges)
    {
        if (_steps is [.., var last] && (last.Edges == edges || last.Seconds == seconds))
        {
            if (last.Edges < edges)
            {
                _steps[^1] = (seconds, edges);
            }

            return;
        }

        _steps.Add((seconds, edges));
    }

    /// <summary>How many edges were covered at a time; 0 before the first entry.</summary>
    public int At(double seconds)
    {
        int low = 0, high = _steps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_steps[middle].Seconds <= seconds)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : _steps[low - 1].Edges;
    }
}
