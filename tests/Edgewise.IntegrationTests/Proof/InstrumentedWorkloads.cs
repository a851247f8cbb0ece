using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>The workloads with their assemblies instrumented in one way, run in this process.</summary>
internal sealed class InstrumentedWorkloads
{
    private readonly WorkloadContext _context;

    /// <summary>Instruments assemblies and loads them with the program.</summary>
    /// <param name="files">File names of the assemblies to instrument.</param>
    /// <param name="options">How.</param>
    public InstrumentedWorkloads(IReadOnlyList<string> files, InstrumentationOptions options)
    {
        Results = files.ToDictionary(file => file, file => Instrument(file, options));
        _context = new WorkloadContext(Results.ToDictionary(pair => pair.Key, pair => pair.Value.Image));
        Modules = Results.ToDictionary(
            pair => pair.Key,
            pair => new InstrumentedModule(_context.LoadFromAssemblyName(new AssemblyName(Path.GetFileNameWithoutExtension(pair.Key))), pair.Value.Points));
    }

    /// <summary>What instrumentation gave, by file name.</summary>
    public IReadOnlyDictionary<string, InstrumentationResult> Results { get; }

    /// <summary>The loaded modules, by file name.</summary>
    public IReadOnlyDictionary<string, InstrumentedModule> Modules { get; }

    /// <summary>Runs a workload with all counters at zero before it.</summary>
    /// <returns>Its output, and the counters of each module by file name.</returns>
    public (string Output, Dictionary<string, byte[]> Hits) Run(string workload)
    {
        foreach (InstrumentedModule module in Modules.Values)
        {
            module.Counters.Clear();
        }

        string output = _context.Run(workload);
        return (output, Modules.ToDictionary(pair => pair.Key, pair => pair.Value.Counters.ToArray()));
    }

    /// <summary>Instruments one assembly of the program.</summary>
    public static InstrumentationResult Instrument(string file, InstrumentationOptions options)
    {
        string path = Path.Combine(RealAssemblies.Folder, file);
        string symbols = Path.ChangeExtension(path, ".pdb");
        return Instrumenter.Instrument(File.ReadAllBytes(path), File.Exists(symbols) ? File.ReadAllBytes(symbols) : null, file, options);
    }
}
