using System.Text.Json;
using Edgewise.Fuzzing.Afl;
using Edgewise.Hosting;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation.Selection;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Afl;

/// <summary>One call of <c>edgewise afl</c>.</summary>
/// <param name="Target">Path of the target's assembly.</param>
/// <param name="Method">Name of the target; null for the only one.</param>
/// <param name="Assemblies">Globs of the assemblies that count; null for the usual choice.</param>
/// <param name="Launcher">Where the launcher goes; null for beside the target.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
internal sealed record AflRequest(string Target, string? Method, string? Assemblies, string? Launcher, string? JsonFile)
{
    private const string Ending = ".afl";

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(CommandReport report)
    {
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        try
        {
            string launcher = Path.GetFullPath(Launcher ?? Path.ChangeExtension(Target, Ending));
            if (launcher == Path.GetFullPath(Target))
            {
                report.Error($"{launcher}: is the target itself; --output names another file");
                return CommandReport.Failure;
            }

            var settings = new AflSettings { TargetPath = Path.GetFullPath(Target), Method = Method, Assemblies = ChooseAssemblies() };
            AflLaunch launch = AflLauncher.Write(settings, launcher, report.Note);
            // Standard output is the path alone, for a shell to put into a command line.
            report.Note($"{launch.Signature}: {launch.PointCount} edges in {string.Join(", ", launch.Modules)} (--assemblies {settings.Assemblies})");
            if (!JsonOutput.ReplacesText(JsonFile))
            {
                report.Output.WriteLine(launch.Path);
            }

            JsonOutput.Write(JsonFile, report, json => Write(json, launch));
            return report.ErrorCount == 0 ? 0 : CommandReport.Failure;
        }
        catch (Exception failure) when (failure is HostingException or SupervisionException or IOException or UnauthorizedAccessException)
        {
            report.Error(failure.Message);
            return CommandReport.Failure;
        }
    }

    private string ChooseAssemblies()
    {
        if (Assemblies is not null)
        {
            _ = AssemblyGlobs.Parse(Assemblies);
            return Assemblies;
        }

        return FuzzTargetAssembly.AssembliesByDefault(Target);
    }

    private static void Write(Utf8JsonWriter json, AflLaunch launch)
    {
        json.WriteStartObject();
        json.WriteString("launcher", launch.Path);
        json.WriteString("target", launch.Target);
        json.WriteString("method", launch.Signature);
        json.WriteNumber("points", launch.PointCount);
        json.WriteStartArray("modules");
        foreach (string module in launch.Modules)
        {
            json.WriteStringValue(module);
        }

        json.WriteEndArray();
        json.WriteString("seeds", launch.Seeds);
        json.WriteEndObject();
    }
}
