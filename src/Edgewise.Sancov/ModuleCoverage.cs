using System.Globalization;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Symcov;
using Edgewise.Symbols;

namespace Edgewise.Sancov;

/// <summary>What ran of a module, by function.</summary>
public sealed class ModuleCoverage : ICoveredModule
{
    private readonly byte[] _hit;
    private readonly ModuleSymbols? _symbols;
    private readonly bool _includeExcluded;
    private readonly List<FunctionPart> _parts = [];

    /// <summary>Puts hits and metadata together.</summary>
    /// <param name="points">The module's point set.</param>
    /// <param name="hit">One byte a point; anything but zero is a hit.</param>
    /// <param name="symbols">The module's metadata, or null; it must live as long as <see cref="Functions"/> is asked for.</param>
    /// <param name="includeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
    /// <exception cref="ArgumentException"><paramref name="hit"/> has not one element a point.</exception>
    public ModuleCoverage(PointSet points, ReadOnlySpan<byte> hit, ModuleSymbols? symbols, bool includeExcluded = false)
    {
        if (hit.Length != points.PointCount)
        {
            throw new ArgumentException($"{hit.Length} hits for the {points.PointCount} points of {points.ModuleName}", nameof(hit));
        }

        Points = points;
        _hit = hit.ToArray();
        _symbols = symbols;
        _includeExcluded = includeExcluded;
        Summary = Count(includeExcluded);
    }

    /// <summary>One metadata method of a function: a lambda's body, say.</summary>
    private readonly record struct FunctionPart(int UserToken, PointMethod Method, int CoveredPointCount);

    /// <summary>The module's point set.</summary>
    public PointSet Points { get; }

    /// <summary>One byte a point; anything but zero is a hit.</summary>
    public ReadOnlySpan<byte> Hit => _hit;

    /// <summary>The module's metadata, or null.</summary>
    public ModuleSymbols? Symbols => _symbols;

    /// <summary>The instrumented methods of functions, each with the token of the method that the user wrote; what is excluded is left out.</summary>
    public IEnumerable<(int UserToken, PointMethod Method)> Methods => _parts.Select(static part => (part.UserToken, part.Method));

    /// <inheritdoc/>
    public string Name => Points.ModuleName;

    /// <inheritdoc/>
    public CoverageSummary Summary { get; }

    /// <summary>The same module with other hits.</summary>
    /// <param name="hit">One byte a point; anything but zero is a hit.</param>
    /// <exception cref="ArgumentException"><paramref name="hit"/> has not one element a point.</exception>
    public ModuleCoverage With(ReadOnlySpan<byte> hit) => new(Points, hit, _symbols, _includeExcluded);

    /// <summary>PCs of the points that were hit, ascending, excluded functions too.</summary>
    public ulong[] CoveredPcs()
    {
        List<ulong> pcs = [];
        for (int point = 0; point < _hit.Length; point++)
        {
            if (_hit[point] != 0)
            {
                pcs.Add((uint)Points.Pcs[point]);
            }
        }

        pcs.Sort();
        return [.. pcs];
    }

    /// <inheritdoc/>
    public IReadOnlyList<FunctionCoverage> Functions()
    {
        List<FunctionCoverage> functions = [];
        foreach (IGrouping<int, FunctionPart> parts in _parts.GroupBy(static part => part.UserToken))
        {
            functions.Add(FunctionOf(parts.Key, [.. parts]));
        }

        functions.Sort(FunctionCoverage.Compare);
        return functions;
    }

    /// <summary>The points by source, function and line, without those that are excluded.</summary>
    public SymbolizedCoverage Symbolize()
    {
        List<SymcovPoint> rows = [];
        List<string> covered = [];
        ILookup<int, FunctionPart> functions = _parts.ToLookup(static part => part.UserToken);
        foreach (FunctionPart part in _parts)
        {
            string name = _symbols?.NameOf(part.UserToken) ?? $"0x{part.UserToken:x8}";

            // Code without a line of its own stands where its function begins: in another file it would be a second function of the same name.
            SourceLocation? start = LocationOf(part.UserToken, [.. functions[part.UserToken]]);
            for (int point = part.Method.FirstPoint; point < part.Method.FirstPoint + part.Method.PointCount; point++)
            {
                string id = Points.Pcs[point].ToString("x", CultureInfo.InvariantCulture);
                SourceLocation place = _symbols?.LocationOf(part.Method.Token, Points.Pcs[point] - part.Method.Rva) ?? start ?? new SourceLocation("", 0, 0);
                rows.Add(new SymcovPoint(id, place.File, name, place.Line, place.Column));
                if (_hit[point] != 0)
                {
                    covered.Add(id);
                }
            }
        }

        return new SymbolizedCoverage(Name, Convert.ToHexString(Points.OriginalHash), covered, rows);
    }

    private CoverageSummary Count(bool includeExcluded)
    {
        HashSet<int> functions = [], covered = [], excluded = [];
        int edges = 0, coveredEdges = 0, excludedEdges = 0;
        foreach (PointMethod method in Points.Methods)
        {
            if (method.PointCount == 0)
            {
                continue;
            }

            int userToken = _symbols?.UserMethodOf(method.Token) ?? method.Token;
            if (!includeExcluded && _symbols?.IsExcluded(method.Token) == true)
            {
                _ = userToken != 0 && excluded.Add(userToken);
                excludedEdges += method.PointCount;
                continue;
            }

            int hits = CountHits(method);
            edges += method.PointCount;
            coveredEdges += hits;
            if (userToken == 0)
            {
                // Code that the compiler made for the whole module: its points count, but it is no function of the user's.
                continue;
            }

            _parts.Add(new FunctionPart(userToken, method, hits));
            functions.Add(userToken);
            if (hits > 0)
            {
                covered.Add(userToken);
            }
        }

        excluded.ExceptWith(functions);
        return new CoverageSummary(Points.ModuleName, functions.Count, covered.Count, edges, coveredEdges, excluded.Count, excludedEdges);
    }

    private int CountHits(PointMethod method)
    {
        ReadOnlySpan<byte> hit = _hit.AsSpan(method.FirstPoint, method.PointCount);
        return hit.Length - hit.Count((byte)0);
    }

    private FunctionCoverage FunctionOf(int token, FunctionPart[] parts)
    {
        FunctionPart own = Array.Find(parts, part => part.Method.Token == token);
        return new FunctionCoverage(
            _symbols?.NameOf(token) ?? $"0x{token:x8}",
            token,
            (ulong)(own.UserToken == 0 ? parts.Min(static part => part.Method.Rva) : own.Method.Rva),
            LocationOf(token, parts),
            parts.Sum(static part => part.Method.PointCount),
            parts.Sum(static part => part.CoveredPointCount));
    }

    // The method that starts a state machine has no lines of its own: those of its body stand in MoveNext.
    private SourceLocation? LocationOf(int token, FunctionPart[] parts)
    {
        if (_symbols?.StartOf(token) is { } start)
        {
            return start;
        }

        SourceLocation? first = null;
        foreach (FunctionPart part in parts)
        {
            if (_symbols?.StartOf(part.Method.Token) is { } location && (first is null || (location.Line, location.Column).CompareTo((first.Value.Line, first.Value.Column)) < 0))
            {
                first = location;
            }
        }

        return first;
    }
}
