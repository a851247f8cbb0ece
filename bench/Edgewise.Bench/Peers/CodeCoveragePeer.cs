using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Edgewise.Bench.Peers;

/// <summary>
/// Instruments a module with Microsoft.CodeCoverage's own code, out of the package of that name, as the collector of <c>dotnet test</c> and
/// <c>dotnet-coverage instrument</c> do: static instrumentation of managed code.
/// </summary>
/// <remarks>
/// Its probe stores a 1 into a byte a block. Without a collector, as here, those bytes are an array of the process; with one they are a mapped
/// file, and the probe is the same. Its configuration is the default.
/// </remarks>
internal static class CodeCoveragePeer
{
    private const string Library = "Microsoft.CodeCoverage.Instrumentation";

    /// <summary>The instrumented image, or null where the package is not there or did not do it; then one line says why.</summary>
    public static byte[]? Instrument(string modulePath, Action<string> report) => PeerRun.Instrument(
        "Microsoft.CodeCoverage", "Microsoft.CodeCoverage", PeerRun.Find(RepositoryFiles.CodeCoveragePackage, Library + ".dll"), modulePath, report, Instrument);

    /// <summary>Runs the initialiser of a loaded module, which leaves a file for a collector in the temporary folder: here one that goes again.</summary>
    public static void Start(Assembly module)
    {
        const string TemporaryFolder = "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(TemporaryFolder);
        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            Environment.SetEnvironmentVariable(TemporaryFolder, folder);
            RuntimeHelpers.RunModuleConstructor(module.ManifestModule.ModuleHandle);
        }
        finally
        {
            Environment.SetEnvironmentVariable(TemporaryFolder, before);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Instrument(string folder, string module)
    {
        PeerLibrary library = new("Microsoft.CodeCoverage", folder, Library, "Microsoft.CodeCoverage.Core", "Microsoft.CodeCoverage.Interprocess");
        XElement configuration = new("Configuration", new XElement("CodeCoverage", new XElement("EnableStaticManagedInstrumentation", true)));
        library.Give(library.Find("DataCollectorConfiguration"), library.Make("DataCollectorConfiguration", configuration));
        object instrumenter = library.Make("StaticManagedInstrumenter");
        string target = Path.Combine(Path.GetDirectoryName(module)!, "instrumented.dll");
        object modules = Activator.CreateInstance(typeof(List<>).MakeGenericType(library.Find("IModuleCoverageContainer")))!;
        Task work = (Task)instrumenter.GetType().GetMethod("InstrumentAsync")!.Invoke(instrumenter, [module, target, "bench", modules])!;
        work.Wait();
        return target;
    }
}
