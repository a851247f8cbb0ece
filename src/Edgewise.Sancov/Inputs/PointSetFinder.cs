using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>Finds the point set that a <c>.sancov</c> file was recorded with.</summary>
/// <remarks>
/// In this order: the set that the record of the run beside the file names; the set <c>MODULE.HASH.points</c> beside the file; a set given as an
/// argument; the set in the instrumented image. What is found must be of the module's build, and all files of a module must have the same set.
/// </remarks>
internal sealed class PointSetFinder(ModuleFiles module, IReadOnlyList<(string Path, PointSet Points)> given)
{
    private readonly Dictionary<string, PointSet> _read = [];
    private readonly byte[] _hash = module.Symbols.OriginalHash;
    private string? _first;

    private string IdentityText => Convert.ToHexStringLower(_hash.AsSpan(0, sizeof(long)));

    /// <summary>The point set of the files that fit; null as long as there is none.</summary>
    public PointSet? Found { get; private set; }

    /// <summary>Requires that a file has the point set of those before it.</summary>
    /// <exception cref="SancovException">There is none, it is of another build, or another than theirs.</exception>
    /// <exception cref="CoverageFormatException">A point set is damaged.</exception>
    public void Fit(SancovInput sancov)
    {
        (string source, PointSet points) = FindFor(sancov);
        if (!points.OriginalHash.AsSpan().SequenceEqual(_hash))
        {
            throw OfAnotherBuild(sancov, source, Convert.ToHexStringLower(points.OriginalHash));
        }

        _first ??= sancov.Path;
        Found ??= points;
        if (!AreEqual(Found, points))
        {
            throw new SancovException($"{sancov.Path}: recorded with another point set than {_first}: {Describe(points)} instead of {Describe(Found)}");
        }
    }

    private (string Source, PointSet Points) FindFor(SancovInput sancov)
    {
        if (sancov.OriginalHash is { } recorded && recorded != Convert.ToHexStringLower(_hash))
        {
            throw OfAnotherBuild(sancov, sancov.Path, recorded);
        }

        string folder = Path.GetDirectoryName(sancov.Path) ?? "";
        foreach (string? path in (ReadOnlySpan<string?>)[sancov.PointsPath, Path.Combine(folder, FileNames.Points(module.Name, IdentityText))])
        {
            if (path is not null && File.Exists(path))
            {
                return (path, Read(path));
            }
        }

        if (given.FirstOrDefault(set => set.Points.ModuleName == module.Name) is { Points: not null } argument)
        {
            return argument;
        }

        return module.Instrumented is { } image
            ? (image.Path, image.Points!)
            : throw NotFound(sancov, folder);
    }

    private PointSet Read(string path)
    {
        if (!_read.TryGetValue(path, out PointSet? points))
        {
            _read.Add(path, points = PointSetCodec.Read(FileContent.Read(path), path));
        }

        return points;
    }

    // A set of the same module but another build is the likely mistake: say so, with its hash.
    private SancovException NotFound(SancovInput sancov, string folder)
    {
        string expected = FileNames.Points(module.Name, IdentityText);
        string prefix = FileNames.Plain(module.Name) + ".";
        foreach (string other in Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, "*.points").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(other).StartsWith(prefix, StringComparison.Ordinal) && Read(other) is var points && points.ModuleName == module.Name)
            {
                return OfAnotherBuild(sancov, other, Convert.ToHexStringLower(points.OriginalHash));
            }
        }

        return new SancovException(
            $"{sancov.Path}: its point set {expected} is not beside it; give that file, or the instrumented {module.Name}, too");
    }

    private SancovException OfAnotherBuild(SancovInput sancov, string source, string hash) => new(
        $"{sancov.Path}: recorded on another build of {module.Name}: {source} is of {hash}, "
        + $"{module.Symbols.Path} is {Convert.ToHexStringLower(_hash)}");

    private static bool AreEqual(PointSet a, PointSet b) =>
        ReferenceEquals(a, b) || (a.Pcs.AsSpan().SequenceEqual(b.Pcs) && a.Methods.AsSpan().SequenceEqual(b.Methods));

    private static string Describe(PointSet set)
    {
        string lists = set.SelectionHash.Length == 0 ? "" : $", lists {Convert.ToHexStringLower(set.SelectionHash.AsSpan(0, 4))}";
        return $"{set.PointCount} points (level {set.Level}, pruning {set.Pruning}{(set.EntryPruned ? ", entry pruned" : "")}{lists})".ToLowerInvariant();
    }
}
