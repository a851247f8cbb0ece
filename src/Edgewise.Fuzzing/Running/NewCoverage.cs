using Edgewise.Fuzzing.Campaigns;
using Edgewise.Hosting.Targets;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Running;

/// <summary>Tells which methods and points a campaign covers that it did not cover before.</summary>
internal sealed unsafe class NewCoverage
{
    // So many are told at a time; the rest are only counted.
    private const int MostPlaces = 1000;

    private readonly InstrumentedContext _context;
    private readonly HashSet<(int Module, int Method)> _methods = [];
    private List<Part> _parts = [];
    private byte[] _known = [];
    private int _covered;

    public NewCoverage(InstrumentedContext context) => _context = context;

    /// <summary>Takes what is covered for known, and says what of it was not.</summary>
    public CoverageMessage? Update(CampaignMemory memory)
    {
        if (memory.Header->CoveredCount == _covered)
        {
            return null;
        }

        _covered = memory.Header->CoveredCount;
        ReadOnlySpan<byte> history = new(memory.History, memory.Header->Sizes.Points);
        if (history.Length > _known.Length)
        {
            // Modules may have come.
            Array.Resize(ref _known, history.Length);
            _parts = FindParts();
        }

        List<CoveredPlace> functions = [], points = [];
        int newFunctions = 0, newPoints = 0;
        foreach (Part part in _parts)
        {
            Span<byte> known = _known.AsSpan(part.Start, part.Points.PointCount);
            ReadOnlySpan<byte> seen = history.Slice(part.Start, part.Points.PointCount);
            for (int i = known.CommonPrefixLength(seen); i < seen.Length; i += 1 + known[(i + 1)..].CommonPrefixLength(seen[(i + 1)..]))
            {
                bool isNew = known[i] == 0;
                known[i] = seen[i];
                if (!isNew)
                {
                    continue;
                }

                PointMethod method = part.Points.Methods[part.Points.MethodOfPoint(i)];
                var place = new CoveredPlace(part.Path, method.Token, part.Points.Pcs[i], part.Points.Pcs[i] - method.Rva);
                Take(points, ref newPoints, place);
                if (_methods.Add((part.Start, method.Token)))
                {
                    Take(functions, ref newFunctions, place);
                }
            }
        }

        return newPoints == 0 ? null : new CoverageMessage(functions, newFunctions, points, newPoints);
    }

    private static void Take(List<CoveredPlace> places, ref int count, CoveredPlace place)
    {
        count++;
        if (places.Count < MostPlaces)
        {
            places.Add(place);
        }
    }

    private List<Part> FindParts()
    {
        if (Coverage.RegionOf(_context) is not { } region)
        {
            return [];
        }

        CoverageModule[] modules = [.. Coverage.Modules.Where(module => module.Region == region)];
        int start = modules.Select(module => module.FirstPoint).DefaultIfEmpty(0).Min();
        return [.. modules.Where(module => module.PointSet is not null && module.FirstPoint - start + module.PointCount <= _known.Length).Select(module => new Part(
            module.FirstPoint - start, module.PointSet!, _context.Originals.GetValueOrDefault(Path.GetFileNameWithoutExtension(module.Name), module.Name)))];
    }

    private sealed record Part(int Start, PointSet Points, string Path);
}
