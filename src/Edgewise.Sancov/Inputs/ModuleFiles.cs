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
    /// <exception cref="SancovException">There is no module, or a <c>.sancov</c> file has none; two builds of one name were given.</exception>
    public static IReadOnlyList<ModuleFiles> Pair(CoverageInputs inputs)
    {
        if (inputs.Modules.Count == 0 && inputs.Binaries.Count == 0)
        {
            throw new SancovException(inputs.Sancovs.Count == 0
                ? "expected modules and .sancov files, found neither"
                : $"{inputs.Sancovs[0].Path}: its module {inputs.Sancovs[0].ModuleName} is not among the files");
        }

        List<ModuleFiles> modules = [.. inputs.Modules
            .GroupBy(static module => module.FileName, StringComparer.Ordinal)
            .Select(images => Pair(images.Key, [.. images], [.. inputs.ManagedSancovs]))];
        HashSet<SancovInput> paired = [.. modules.SelectMany(static module => module.Sancovs)];
        if (inputs.ManagedSancovs.FirstOrDefault(sancov => !paired.Contains(sancov)) is { } alone)
        {
            throw new SancovException($"{alone.Path}: its module {alone.ModuleName} is not among the files");
        }

        return modules;
    }

    private static ModuleFiles Pair(string name, ModuleInput[] images, IReadOnlyList<SancovInput> sancovs)
    {
        foreach (ModuleInput image in images)
        {
            bool isSecond = image != Array.Find(images, other => other.Points is null == image.Points is null);
            if (isSecond || !image.OriginalHash.AsSpan().SequenceEqual(images[0].OriginalHash))
            {
                throw new SancovException(
                    $"{image.Path}: a second {name}: {Hash(image.OriginalHash)}; {images[0].Path} has {Hash(images[0].OriginalHash)}. Give one build of a module");
            }
        }

        return new ModuleFiles(
            name,
            Array.Find(images, static image => image.Points is null),
            Array.Find(images, static image => image.Points is not null),
            [.. sancovs.Where(sancov => sancov.ModuleName == name || sancov.ModuleName == FileNames.Plain(name))]);
    }

    private static string Hash(byte[] hash) => Convert.ToHexStringLower(hash);
}
