using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Modes;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap.Files;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>Writes what <c>--output</c> asks for.</summary>
internal static class KcovOutput
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, KcovFormat format, KcovResult result, KcovPlaces places, CommandReport report)
    {
        try
        {
            switch (format)
            {
                case KcovFormat.Sancov:
                    SancovFile.Write(path, places.Points);
                    TellName(path, result, report);
                    break;
                case KcovFormat.Showmap:
                    WriteShowmap(path, result, report);
                    break;
                default:
                    JsonOutput.Write(path, report, json => KcovJson.Write(json, result, places));
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Error($"--output {path}: cannot be written: {e.Message}");
        }
    }

    // Readers of .sancov tell by the name which binary a file is of.
    private static void TellName(string path, KcovResult result, CommandReport report)
    {
        string image = Path.GetFileName(result.Image?.Path ?? "vmlinux"), name = Path.GetFileName(path);
        if (!name.StartsWith(image + ".", StringComparison.Ordinal) || !name.EndsWith(".sancov", StringComparison.Ordinal) || !int.TryParse(name[image.Length..^".sancov".Length].TrimStart('.'), out _))
        {
            report.Note($"--output {path}: 'edgewise report' and 'edgewise sancov' take it by a name like {FileNames.Sancov(image, Environment.ProcessId)}");
        }
    }

    private static void WriteShowmap(string path, KcovResult result, CommandReport report)
    {
        ulong text = result.Names.TextStart!.Value;
        Dictionary<ulong, ulong> counts = Counts(result.Record);
        PointCount[] points = [.. counts.Where(count => count.Key >= text).Select(count => new PointCount(0, count.Key - text, count.Value))];
        if (points.Length < counts.Count)
        {
            report.Note($"{counts.Count - points.Length} PCs are not in the kernel's text and are left out");
        }

        if (points.Length == 0)
        {
            report.Error($"--output {path}: nothing was recorded, and an empty showmap file is none");
            return;
        }

        AtomicFile.Write(path, new ShowmapText([new CodeModule(PointDomain.Kcov, result.Names.BuildId!)]).Of(points));
    }

    // Only a trace of everything tells how often.
    private static Dictionary<ulong, ulong> Counts(KernelRecord record) => record.Modes switch
    {
        KernelModes.TracePc => record.Pcs.CountBy(pc => pc).ToDictionary(pair => pair.Key, pair => (ulong)pair.Value),
        KernelModes.TraceCompare => record.Compares.CountBy(compare => compare.Pc).ToDictionary(pair => pair.Key, pair => (ulong)pair.Value),
        _ => record.ReachedPcs.ToDictionary(pc => pc, _ => 1ul),
    };
}
