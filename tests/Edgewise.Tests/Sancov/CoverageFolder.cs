using System.CommandLine;
using Edgewise.Cli.Commands.Sancov;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Symbols;

namespace Edgewise.Tests.Sancov;

/// <summary>
/// A folder with a real module, original and instrumented, and what runs of it would leave. The module is this test assembly, of which the
/// lists choose the specimens.
/// </summary>
internal sealed class CoverageFolder : IDisposable
{
    public const string ModuleName = "Edgewise.Tests.dll";

    public CoverageFolder()
    {
        Folder = Directory.CreateTempSubdirectory("edgewise-sancov-").FullName;
        string here = typeof(Specimens).Assembly.Location;
        Original = Copy(here, "original");
        Copy(Path.ChangeExtension(here, ".pdb"), "original");
        Result = Instrument(Original, InstrumentationLevel.Edge);
        Instrumented = Write(Path.Combine("instrumented", ModuleName), Result.Image);
    }

    public string Folder { get; }

    public string Original { get; }

    public string Instrumented { get; }

    public InstrumentationResult Result { get; }

    public PointSet Points => Result.Points;

    public static InstrumentationResult Instrument(string path, InstrumentationLevel level)
    {
        string list = Path.GetTempFileName();
        File.WriteAllText(list, "src:*\nfun:Edgewise.Tests.Symbols.*Specimens*\n");
        CodeSelection selection = CodeSelection.Load([list], []);
        File.Delete(list);
        return Instrumenter.Instrument(
            File.ReadAllBytes(path), File.ReadAllBytes(Path.ChangeExtension(path, ".pdb")), Path.GetFileName(path),
            new InstrumentationOptions { Level = level, Selection = selection });
    }

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A <c>.sancov</c> file of a process, with the point set beside it.</summary>
    public string WriteRun(int processId, IEnumerable<ulong> pcs, string folder = "coverage")
    {
        Write(Path.Combine(folder, FileNames.Points(ModuleName, Points.IdentityText)), PointSetCodec.Write(Points));
        return Write(Path.Combine(folder, FileNames.Sancov(ModuleName, processId)), SancovFile.Encode([.. pcs]));
    }

    /// <summary>PCs of all points of methods.</summary>
    public IEnumerable<ulong> PcsOf(params int[] tokens) =>
        Points.Methods.Where(method => tokens.Contains(method.Token)).SelectMany(method => Points.Pcs.Skip(method.FirstPoint).Take(method.PointCount)).Select(pc => (ulong)pc);

    /// <summary>Runs <c>edgewise sancov</c> and gives exit code, standard output and standard error.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = SancovCommand.Create().Parse(arguments).Invoke(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString(), error.ToString().ReplaceLineEndings("\n"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Copy(string path, string folder) => Write(Path.Combine(folder, Path.GetFileName(path)), File.ReadAllBytes(path));
}
