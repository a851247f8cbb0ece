using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Redirections;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Simulation.Redirects;

namespace Edgewise.Simulation.Loading;

/// <summary>An assembly with simulations, loaded into a context of its own: what it calls goes to the world, and the chosen assemblies count their edges.</summary>
public sealed class SimulationAssembly : IDisposable
{
    // Both sides of a simulation speak through these: the world, the properties, and what they are built of.
    private static readonly HashSet<string> Shared =
    [
        "Edgewise.Annotations", "Edgewise.Runtime", "Edgewise.Feedback", "Edgewise.Supervision", "Edgewise.Instrumentation", "Edgewise.Hosting",
        "Edgewise.Exploration", "Edgewise.Simulation",
    ];

    private readonly InstrumentedContext _context;

    private SimulationAssembly(InstrumentedContext context, AssemblyGlobs counted, IReadOnlyList<SimulationEntry> simulations)
    {
        _context = context;
        CountedAssemblies = counted;
        Simulations = simulations;
    }

    /// <summary>Full path of the assembly.</summary>
    public string Path => _context.Path;

    /// <summary>Which assemblies count their edges.</summary>
    public AssemblyGlobs CountedAssemblies { get; }

    /// <summary>The simulations, by name.</summary>
    public IReadOnlyList<SimulationEntry> Simulations { get; }

    /// <summary>Gives the counters of all edges; for <see cref="SimulationTarget"/>.</summary>
    public SimulationTarget.CounterSource Counters => _context.Counters;

    /// <summary>
    /// SHA-256, in hexadecimal digits, of what gives edges their numbers: the assembly, those beside it that count, its list of dependencies, and what instruments
    /// them. Reads the files.
    /// </summary>
    /// <exception cref="HostingException">A file cannot be read.</exception>
    public string HashBuild()
    {
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.dll").Where(file => file == Path || CountedAssemblies.Matches(System.IO.Path.GetFileNameWithoutExtension(file)))
            .Concat(Directory.EnumerateFiles(folder, System.IO.Path.GetFileNameWithoutExtension(Path) + ".deps.json"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(Instrumenter).Module.ModuleVersionId.ToByteArray());
        try
        {
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(file)));
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{Path}: its build cannot be told: {failure.Message}", failure);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Gives the pages of the counters; for <see cref="SimulationTarget"/>.</summary>
    public SimulationTarget.CounterSource CounterPages => _context.CounterPages;

    /// <summary>Loads an assembly.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="counted">Which assemblies count their edges, by globs over simple names; null for this one alone, none for no coverage.</param>
    /// <param name="redirections">Which calls go to the world; null for those of simulations.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <param name="isCollectible">True if it is to be gone some time after <see cref="Dispose"/>, as in a test host that explores many.</param>
    /// <exception cref="HostingException">The assembly is missing, or cannot be loaded.</exception>
    /// <exception cref="SimulationException">It has no simulations, or one that cannot be one.</exception>
    public static SimulationAssembly Load(
        string path, AssemblyGlobs? counted = null, RedirectionTable? redirections = null, ImageCache? cache = null, bool isCollectible = false)
    {
        counted ??= AssemblyGlobs.Parse(System.IO.Path.GetFileNameWithoutExtension(path));
        redirections ??= SimulatedCalls.Table;
        var counting = new InstrumentationOptions
        {
            Features = CoverageFeatures.Inline8BitCounters,
            Pruning = Pruning.Llvm,
            PruneEntry = true,
            Redirections = redirections,
        };
        var notCounting = new InstrumentationOptions { Features = CoverageFeatures.None, Redirections = redirections };
        var context = new InstrumentedContext(path, Shared, name => counted.Matches(name) ? counting : notCounting, cache, isCollectible);
        Assembly assembly = context.LoadTarget();
        return new SimulationAssembly(context, counted, Find(assembly, path));
    }

    /// <summary>The simulation of a name.</summary>
    /// <exception cref="SimulationException">There is none; the message names the nearest ones.</exception>
    public SimulationEntry Find(string name) =>
        Simulations.FirstOrDefault(simulation => simulation.Name == name)
        ?? throw new SimulationException(NearestNames.Message(name, [.. Simulations.Select(simulation => simulation.Name)], Path));

    /// <summary>The simulation of a class, given as it is loaded in this program or in the context.</summary>
    /// <exception cref="SimulationException">The class is not marked as a simulation.</exception>
    public SimulationEntry Find(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Simulations.FirstOrDefault(simulation => simulation.Type.FullName == type.FullName)
            ?? throw new SimulationException($"{type.FullName}: expected a class marked [Simulation(\"name\")]");
    }

    /// <summary>Lets a collectible context go; else nothing.</summary>
    public void Dispose()
    {
        if (_context.IsCollectible)
        {
            _context.Unload();
        }
    }

    private static List<SimulationEntry> Find(Assembly assembly, string path)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            // A class that cannot be loaded is no simulation; the others may be.
            types = [.. failure.Types.OfType<Type>()];
        }

        List<SimulationEntry> found = [.. types.Select(SimulationEntry.Of).OfType<SimulationEntry>().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        if (found.Count == 0)
        {
            throw new SimulationException($"{path}: no simulations; expected classes marked [Simulation(\"name\")] that implement {typeof(ISimulation).FullName}");
        }

        if (found.GroupBy(entry => entry.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new SimulationException($"{path}: two simulations are called '{twice.Key}': {string.Join(", ", twice.Select(entry => entry.Type.FullName))}");
        }

        return found;
    }
}
