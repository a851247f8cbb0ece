using Edgewise.Symbols;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Native;

/// <summary>Counts the points of one function.</summary>
/// <remarks>A function is told from others by name and the file that declares it; where it was inlined, it is still one.</remarks>
internal sealed class FunctionTally(string name, ulong firstPc)
{
    private SourceLocation? _place;
    private int _points, _covered;

    /// <summary>The functions of points, in <see cref="FunctionCoverage.Compare"/>'s order.</summary>
    public static List<FunctionCoverage> Count(IReadOnlyList<SymbolizedPoint> points)
    {
        Dictionary<string, Dictionary<string, FunctionTally>> files = new(StringComparer.Ordinal);
        List<FunctionTally> all = [], inPoint = [];
        foreach (SymbolizedPoint point in points)
        {
            inPoint.Clear();
            foreach (Frame frame in point.Frames)
            {
                SourceLocation? place = frame.Declaration ?? frame.Location;
                string file = place?.File ?? "";
                if (!files.TryGetValue(file, out Dictionary<string, FunctionTally>? functions))
                {
                    files.Add(file, functions = new Dictionary<string, FunctionTally>(StringComparer.Ordinal));
                }

                if (!functions.TryGetValue(frame.Function, out FunctionTally? tally))
                {
                    functions.Add(frame.Function, tally = new FunctionTally(frame.Function, point.Pc));
                    all.Add(tally);
                }

                tally.Place(place);
                if (!inPoint.Contains(tally))
                {
                    inPoint.Add(tally);
                    tally.Add(point.IsCovered);
                }
            }
        }

        List<FunctionCoverage> sorted = [.. all.Select(static tally => new FunctionCoverage(tally.Name, 0, tally.FirstPc, tally._place, tally._points, tally._covered))];
        sorted.Sort(FunctionCoverage.Compare);
        return sorted;
    }

    private string Name => name;

    private ulong FirstPc => firstPc;

    private void Place(SourceLocation? place)
    {
        if (_place is not { Line: > 0 } known || (place is { Line: > 0 } other && other.Line < known.Line))
        {
            _place = place;
        }
    }

    private void Add(bool isCovered)
    {
        _points++;
        _covered += isCovered ? 1 : 0;
    }
}
