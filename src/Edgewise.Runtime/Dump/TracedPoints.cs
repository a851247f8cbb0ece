using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Dump;

/// <summary>
/// The points that a trace may name, numbered anew without gaps: process-wide numbers have them between the regions of the map. The numbers stay
/// as they are where all modules lie in one region.
/// </summary>
internal sealed class TracedPoints
{
    private readonly DumpModule[] _modules;
    private readonly uint[] _first;

    public TracedPoints(IEnumerable<DumpModule> modules)
    {
        _modules = [.. modules.Where(static module => module.FirstPoint >= 0).OrderBy(static module => module.FirstPoint)];
        _first = new uint[_modules.Length];
        for (int i = 1; i < _modules.Length; i++)
        {
            _first[i] = _first[i - 1] + (uint)_modules[i - 1].Points.PointCount;
        }
    }

    /// <summary>The modules in the order of their points.</summary>
    public IEnumerable<string> ModuleNames => _modules.Select(static module => module.Points.ModuleName);

    /// <summary>The place of each point; unknown where it was never reached, as the runtime of 2016 has it.</summary>
    public IEnumerable<CodePlace> Places => _modules.SelectMany(static module => Enumerable.Range(0, module.Points.PointCount)
        .Select(point => module.Counters[point] == 0 ? CodePlace.Unknown : new CodePlace(NameOf(module), (ulong)module.Points.Pcs[point])));

    /// <summary>Process-wide numbers turned into numbers of <see cref="Places"/>.</summary>
    /// <param name="points">Process-wide numbers.</param>
    /// <param name="strangers">How many were left out, because they are in no module with a point set.</param>
    public uint[] Number(ReadOnlySpan<uint> points, out int strangers)
    {
        var events = new uint[points.Length];
        int count = 0, last = 0;
        foreach (uint point in points)
        {
            // Events come in runs within a module.
            if (!Holds(last, point))
            {
                last = Find(point);
            }

            if (last < _modules.Length && Holds(last, point))
            {
                events[count++] = _first[last] + (point - (uint)_modules[last].FirstPoint);
            }
        }

        strangers = points.Length - count;
        return count == events.Length ? events : events[..count];
    }

    private static string NameOf(DumpModule module) => module.Path.Length == 0 ? module.Points.ModuleName : module.Path;

    private bool Holds(int index, uint point) =>
        index < _modules.Length && point >= (uint)_modules[index].FirstPoint && point - (uint)_modules[index].FirstPoint < (uint)_modules[index].Points.PointCount;

    private int Find(uint point)
    {
        int low = 0, high = _modules.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if ((uint)_modules[middle].FirstPoint + (uint)_modules[middle].Points.PointCount <= point)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
