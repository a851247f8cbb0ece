using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>A module with all its <c>.sancov</c> files; without one, where nothing of it ran or none was given.</summary>
/// <param name="Name">File name of the module.</param>
/// <param name="Original">The original image, where it was given.</param>
/// <param name="Instrumented">The instrumented image, where it was given.</param>
/// <param name="Sancovs">Its <c>.sancov</c> files.</param>
public sealed record ModuleFiles(string Name, ModuleInput? Original, ModuleInput? Instrumented, IReadOnlyList<SancovInput> Sancovs)
{
    /// <summary>The image to take names and lines from: the original's PDB knows every offset.</summary>
    public ModuleInput Symbols => Original ?? Instrumented!;

    /// <summary>Puts modules and <c>.sancov</c> files together, in the order of the modules.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="fail">Takes what does not go together: a <c>.sancov</c> file without its module, or two builds of one name.</param>
    /// <exception cref="SancovException">There is no module.</exception>
    public static IReadOnlyList<ModuleFiles> Pair(CoverageInputs inputs, Action<SancovException> fail)
    {
        if (inputs.Modules.Count == 0 && inputs.Binaries.Count == 0)
        {
            throw new SancovException(inputs.Sancovs.Count == 0
                ? "expected modules and .sancov files, found neither"
                : $"{inputs.Sancovs[0].Path}: its module {inputs.Sancovs[0].ModuleName} is not among the files");
        }

        List<ModuleFiles> modules = [.. inputs.Modules
            .GroupBy(static module => module.FileName, StringComparer.Ordinal)
            .Select(images => Pair(images.Key, Matching(images.Key, images, fail), [.. inputs.ManagedSancovs]))];
        HashSet<SancovInput> paired = [.. modules.SelectMany(static module => module.Sancovs)];
        foreach (SancovInput alone in inputs.ManagedSancovs.Where(sancov => !paired.Contains(sancov)))
        {
            fail(new SancovException($"{alone.Path}: its module {alone.ModuleName} is not among the files"));
        }

        return modules;
    }

    // An original and an instrumented image of the build of the first.
    private static ModuleInput[] Matching(string name, IEnumerable<ModuleInput> images, Action<SancovException> fail)
    {
        List<ModuleInput> matching = [];
        foreach (ModuleInput image in images)
        {
            if (matching.Count > 0
                && (matching.Exists(other => other.Points is null == image.Points is null) || !image.OriginalHash.AsSpan().SequenceEqual(matching[0].OriginalHash)))
            {
                fail(new SancovException(
                    $"{image.Path}: a second {name}: {Hash(image.OriginalHash)}; {matching[0].Path} has {Hash(matching[0].OriginalHash)}. Give one build of a module"));
                continue;
            }

            matching.Add(image);
        }

        return [.. matching];
    }

    private static ModuleFiles Pair(string name, ModuleInput[] images, IReadOnlyList<SancovInput> sancovs) => new(
        name,
        Array.Find(images, static image => image.Points is null),
        Array.Find(images, static image => image.Points is not null),
        [.. sancovs.Where(sancov => sancov.ModuleName == name || sancov.ModuleName == FileNames.Plain(name))]);

    private static string Hash(byte[] hash) => Convert.ToHexStringLower(hash);
}
