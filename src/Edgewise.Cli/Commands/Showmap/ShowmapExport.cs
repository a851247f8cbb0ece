using System.CommandLine;
using Edgewise.Cli.Commands.Report;
using Edgewise.Report;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Native;
using Edgewise.Showmap.Code;
using Edgewise.Showmap.Files;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Cli.Commands.Showmap;

/// <summary><c>edgewise showmap export</c>: a trial as lcov, Cobertura, JSON or pages.</summary>
internal static class ShowmapExport
{
    /// <summary>Name of the command.</summary>
    public const string Name = "export";

    /// <summary>For the end of its help.</summary>
    public const string Example = "  edgewise showmap export campaign/nightly__MyTargets__parse/1.txt --format lcov -o trial.info";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A showmap file." };
        Option<ReportFormat> format = new("--format") { Description = "What is written.", HelpName = "lcov|cobertura|json|html", DefaultValueFactory = _ => ReportFormat.Lcov };
        Option<string?> output = new("--output", "-o") { Description = "The file; for html a folder. [default: standard output]", HelpName = "OUT" };
        Option<string?> manifest = ShowmapCodeCommands.Manifest(), symbolizer = ShowmapCodeCommands.Symbolizer();
        Command command = new(Name, "Write a trial in the forms of coverage reports.") { file, format, output, manifest, symbolizer };
        command.SetAction(result =>
        {
            int exitCode = CommandReport.Failure;
            int errors = ShowmapCodeCommands.Tell(result, null, result.GetValue(symbolizer), (report, locator) =>
            {
                var trial = Trial.Read(result.GetValue(file)!, result.GetValue(manifest));
                exitCode = Write(trial, locator, result.GetValue(format), result.GetValue(output), new SymbolizerOptions { Program = result.GetValue(symbolizer) }, report);
            });
            return Math.Max(errors, exitCode);
        });
        return command;
    }

    // Reports are made of coverage files, so the trial becomes some for as long as that takes.
    private static int Write(Trial trial, CodeLocator locator, ReportFormat format, string? output, SymbolizerOptions symbolizer, CommandReport report)
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-export-").FullName;
        try
        {
            List<string> inputs = [folder];
            List<PointHits> hits = [];
            foreach (IGrouping<TrialModule?, ShowmapLine> group in trial.Lines.GroupBy(trial.ModuleOf))
            {
                if (group.Key is not { } module || module.Domain == PointDomain.Evm)
                {
                    report.Note($"{group.Count()} points of {group.Key?.Name ?? "no known module"} have no source, and are left out");
                    continue;
                }

                (ulong Pc, ulong Count)[] points = [.. group.Select(line => (PcOf(module, line), line.Count)).Where(point => point.Item1 != 0)];
                SancovFile.Write(Path.Combine(folder, FileNames.Sancov(module.Name, 1)), [.. points.Select(point => point.Pc).Order()]);
                hits.Add(new PointHits(module.Name, module.Hash, points.DistinctBy(point => point.Pc).ToDictionary(point => point.Pc, point => new HitCount((long)Math.Min(point.Count, long.MaxValue), OrMore: false))));
                inputs.Add(module.Path);
                if (module.Domain == PointDomain.Cil)
                {
                    PointSet set = locator.PointsOf(module);
                    File.WriteAllBytes(Path.Combine(folder, FileNames.Points(module.Name, set.IdentityText)), PointSetCodec.Write(set));
                }
                else
                {
                    CodeLocator.CheckBuild(module);
                }
            }

            var request = new ReportRequest(inputs, [], new NativeOptions { Symbolizer = symbolizer }, "") { Hits = hits };
            return ReportCommand.Run(request, format, output, null, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ulong PcOf(TrialModule module, ShowmapLine line) =>
        module.Domain == PointDomain.Sancov ? module.Pcs.GetValueOrDefault((int)(line.Number - module.FirstIndex)) : line.Number;
}
