using System.CommandLine;
using Edgewise.Hosting;
using Edgewise.Instrumentation.Selection;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>The options that say where simulations come from, and which assemblies count their edges.</summary>
internal sealed class SimulationSource
{
    private const string NoAssembly = "none";

    private readonly Option<string?> _assembly = new("--assembly") { Description = "The assembly that has the simulations. [default: the examples of edgewise]", HelpName = "DLL" };
    private readonly Option<string?> _counted = new("--assemblies")
    {
        Description = "Count the edges of these: globs over names of assemblies, separated by commas, or 'none'. [default: the simulations' own]",
        HelpName = "GLOBS",
    };

    /// <summary>Adds the options to a command.</summary>
    public SimulationSource(Command command)
    {
        command.Options.Add(_assembly);
        command.Options.Add(_counted);
    }

    /// <summary>The assembly of the examples.</summary>
    public static string ExamplesPath { get; } = Path.Combine(AppContext.BaseDirectory, "examples", "Simulations.dll");

    /// <summary>Loads the assembly.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="report">Receives what is wrong with it.</param>
    /// <returns>The simulations; null after an error.</returns>
    public SimulationAssembly? Open(ParseResult result, CommandReport report)
    {
        string path = result.GetValue(_assembly) ?? ExamplesPath;
        AssemblyGlobs? counted = result.GetValue(_counted) is not { } globs ? null : AssemblyGlobs.Parse(globs == NoAssembly ? null : globs);
        if (counted is { IsEmpty: true } && result.GetValue(_counted) != NoAssembly)
        {
            report.Error("--assemblies: expected globs over names of assemblies, or 'none'");
        }

        try
        {
            SimulationAssembly assembly = SimulationAssembly.Load(path, counted);
            NoteGlobsWithoutMatch(counted, assembly.Path, report);
            return assembly;
        }
        catch (Exception failure) when (failure is HostingException or SimulationException)
        {
            report.Error(failure.Message);
            return null;
        }
    }

    /// <summary>The path for a command that replays: null where the command needs none.</summary>
    public static string? ArgumentFor(SimulationAssembly assembly) => assembly.Path == ExamplesPath ? null : assembly.Path;

    // Assemblies of packages may stand elsewhere, so it is no error.
    private static void NoteGlobsWithoutMatch(AssemblyGlobs? counted, string path, CommandReport report)
    {
        string[] names = [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file))];
        foreach (string glob in counted?.WithoutMatch(names) ?? [])
        {
            report.Note($"--assemblies: '{glob}' matches no assembly beside {path}");
        }
    }
}
