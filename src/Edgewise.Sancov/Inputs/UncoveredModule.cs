using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>A module of which no <c>.sancov</c> file was given: finds its point set where nothing of it ran, so that all of it counts as not covered.</summary>
/// <remarks>
/// As with LLVM, a run leaves no <c>.sancov</c> file of a module without a hit. The record of a run tells such modules from those whose file was
/// forgotten. Where there is no record, a point set is taken as a sign that the module was instrumented: one beside a <c>.sancov</c> file that was given,
/// one among the arguments, or the one in the instrumented image; then a sentence says what was assumed.
/// </remarks>
internal sealed class UncoveredModule(ModuleFiles module, CoverageInputs inputs)
{
    private readonly string _hash = Convert.ToHexStringLower(module.Symbols.OriginalHash);

    /// <summary>What a user should know of this module, or null: nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>The module's point set; null where the module is to be left out, for the reason in <see cref="Note"/>.</summary>
    /// <exception cref="SancovException">A run or a point set is of another build.</exception>
    /// <exception cref="CoverageFormatException">A point set is damaged.</exception>
    public PointSet? FindPoints()
    {
        if (inputs.Unreadable.FirstOrDefault(path => SancovNaming.ModuleOf(path) is { } name && (name == module.Name || name == FileNames.Plain(module.Name))) is { } lost)
        {
            Note = $"{module.Symbols.Path}: left out, for what ran of it stands in {lost}, which could not be read";
            return null;
        }

        (string Folder, RunModule Module)[] recorded = [.. inputs.Sancovs
            .SelectMany(static sancov => sancov.RunModules.Select(run => (sancov.Folder, Module: run)))
            .Where(run => run.Module.Name == module.Name)];
        foreach ((string folder, RunModule run) in recorded)
        {
            string points = Path.Combine(folder, Path.GetFileName(run.PointsFile));
            RequireThisBuild(points, run.OriginalHash);
            if (run.SancovFile is { } file)
            {
                Note = $"{module.Symbols.Path}: left out, for {Path.Combine(folder, Path.GetFileName(file))}, what ran of it, is not among the files";
                return null;
            }

            if (File.Exists(points))
            {
                return Read(points);
            }
        }

        PointSet? found = FindWithoutRecord();
        Note = found is null
            ? $"{module.Symbols.Path}: no .sancov file of this module is among the files; its name would be {FileNames.Plain(module.Name)}.PID.sancov"
            : $"{module.Symbols.Path}: no .sancov file of this module is among the files, so nothing of it counts as covered";
        return found;
    }

    private PointSet? FindWithoutRecord()
    {
        string name = FileNames.Points(module.Name, _hash[..(2 * sizeof(long))]);
        string? beside = inputs.Sancovs.Select(sancov => Path.Combine(sancov.Folder, name)).FirstOrDefault(File.Exists);
        if (beside is not null)
        {
            return Read(beside);
        }

        if (inputs.PointSets.FirstOrDefault(set => set.Points.ModuleName == module.Name) is { Points: { } points, Path: var path })
        {
            RequireThisBuild(path, Convert.ToHexStringLower(points.OriginalHash));
            return points;
        }

        return module.Instrumented?.Points;
    }

    private PointSet Read(string path)
    {
        PointSet points = PointSetCodec.Read(FileContent.Read(path), path);
        RequireThisBuild(path, Convert.ToHexStringLower(points.OriginalHash));
        return points;
    }

    private void RequireThisBuild(string source, string hash)
    {
        if (hash != _hash)
        {
            throw new SancovException($"{source}: of another build of {module.Name}: {hash}, but {module.Symbols.Path} is {_hash}");
        }
    }
}
