using System.CommandLine;
using Edgewise.Cli.Commands.Sancov;
using Edgewise.Sancov.Native;

namespace Edgewise.Cli.Commands.Report;

/// <summary>The inputs and options that <c>edgewise report</c> and <c>edgewise report serve</c> have in common.</summary>
internal sealed class ReportSwitches
{
    private readonly Argument<string[]> _inputs = new("INPUTS")
    {
        Description = "Coverage folders of 'edgewise run', .sancov files with their binaries or modules, .symcov files, .counters-sancov files, PID.edgewise-map files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _sources = new("--srcpath") { Description = "Folder to look for sources in; may be given several times. Needed for .symcov files.", HelpName = "DIR", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _diff = new("--diff") { Description = "Coverage to compare with: what ran since, and what does no longer.", HelpName = "OTHER" };
    private readonly Option<string?> _title = new("--title") { Description = "Title of the pages. [default: the names of the modules]", HelpName = "TEXT" };
    private readonly Option<bool> _includeExcluded = new("--include-excluded") { Description = "Count what [ExcludeFromCodeCoverage] takes out of the total." };
    private readonly SancovNativeSwitches _native = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_inputs);
        foreach (Option option in (Option[])[_sources, _diff, _title, _includeExcluded])
        {
            command.Options.Add(option);
        }

        _native.AddTo(command);
    }

    /// <summary>What a command line says.</summary>
    public ReportRequest Read(ParseResult result)
    {
        NativeOptions native = _native.Read(result);
        return new ReportRequest(result.GetValue(_inputs) ?? [], result.GetValue(_diff) ?? [], native with { StripPathPrefix = "" }, native.StripPathPrefix)
        {
            SourceFolders = result.GetValue(_sources) ?? [],
            Title = result.GetValue(_title),
            IncludeExcluded = result.GetValue(_includeExcluded),
        };
    }
}
