using System.Text.Json;
using Edgewise.Bench.Timing;
using Edgewise.Runtime.Formats;

namespace Edgewise.Bench.Sancov;

/// <summary><c>edgewise sancov</c> on SQLite against LLVM 14's <c>sancov</c>, in turns: processor time and wall time of all processes together, medians.</summary>
internal static class SancovCost
{
    private const int Rounds = 11;
    private const string Llvm = "/usr/bin/sancov-14";

    /// <summary>Takes the figures, or says what is missing.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (PublishedCommand.Find() is not { } ours || !File.Exists(Llvm))
        {
            report($"sancov: skipped, {(File.Exists(Llvm) ? PublishedCommand.Missing : $"there is no {Llvm}; Debian has it in llvm-14")}");
            yield break;
        }

        if (SqliteProgram.Make(out string reason) is not { } sqlite)
        {
            report($"sancov: skipped, {reason}");
            yield break;
        }

        int rounds = options.Rounds(Rounds);
        string[] one = [sqlite.Sancovs[0]], single = [sqlite.Program, .. one], all = [sqlite.Program, .. sqlite.Sancovs];
        (MeasuredProcess version, MeasuredProcess print) = Race(rounds, (ours, ["--version"]), (ours, ["sancov", "print", .. one]));
        yield return new("sancov.version.ms", version.Wall * 1e3, "ms");
        yield return new("sancov.print.ms", print.Wall * 1e3, "ms", 250);
        yield return new("sancov.print.beyond-version.ms", (print.Wall - version.Wall) * 1e3, "ms", 20);
        foreach ((string action, double? goal) in ((string, double?)[])[
            ("print-coverage-pcs", null), ("covered-functions", 0.5), ("not-covered-functions", null), ("print-coverage-stats", null), ("symbolize", 0.5)])
        {
            string[] files = action == "print-coverage-pcs" ? [sqlite.Program] : single;
            (MeasuredProcess their, MeasuredProcess our) = Race(rounds, (Llvm, ["-" + action, .. files]), (ours, ["sancov", "-" + action, .. files]));
            yield return new($"sancov.{action}.ms", our.Wall * 1e3, "ms");
            yield return new($"sancov.{action}.wall", our.Wall / their.Wall, "x", goal);
            yield return new($"sancov.{action}.cpu", our.Processor / their.Processor, "x", goal);
        }

        yield return new("sancov.symbolize.memory", MeasuredProcess.PeakMegabytes(ours, ["sancov", "-symbolize", .. single]), "MB", 200);
        yield return new("sancov.symbolize.memory.llvm", MeasuredProcess.PeakMegabytes(Llvm, ["-symbolize", .. single]), "MB");
        (MeasuredProcess alone, MeasuredProcess together) = Race(rounds, (ours, ["sancov", "-symbolize", .. single]), (ours, ["sancov", "-symbolize", .. all]));
        yield return new("sancov.symbolize.20-files.of-one", together.Processor / alone.Processor, "x", 1.2);
        yield return new("sancov.symbolize.20-files.cpu", together.Processor / MeasuredProcess.Run(Llvm, ["-symbolize", .. all]).Processor, "x");
        yield return new("sancov.symbolize.20-files.memory", MeasuredProcess.PeakMegabytes(ours, ["sancov", "-symbolize", .. all]), "MB", 200);
        yield return new("sancov.symbolize.20-files.union", IsUnion(ours, sqlite.Program, sqlite.Sancovs) ? 1 : 0, "of 1", 1, HigherIsBetter: true);
    }

    // Medians of turns.
    private static (MeasuredProcess A, MeasuredProcess B) Race(int rounds, (string Program, string[] Arguments) a, (string Program, string[] Arguments) b)
    {
        List<MeasuredProcess> first = [], second = [];
        for (int round = 0; round < rounds; round++)
        {
            first.Add(MeasuredProcess.Run(a.Program, a.Arguments));
            second.Add(MeasuredProcess.Run(b.Program, b.Arguments));
        }

        return (Median(first), Median(second));
    }

    private static MeasuredProcess Median(List<MeasuredProcess> runs) =>
        new(runs.Select(static run => run.Wall).Order().ElementAt(runs.Count / 2), runs.Select(static run => run.Processor).Order().ElementAt(runs.Count / 2));

    // What the files say themselves, united without any of the code that is measured but the reader of one file.
    private static bool IsUnion(string program, string binary, string[] sancovs)
    {
        string output = Path.GetTempFileName();
        try
        {
            MeasuredProcess.Run(program, ["sancov", "symbolize", "--use-default-ignorelist=false", "-o", output, binary, .. sancovs]);
            using JsonDocument symcov = JsonDocument.Parse(File.ReadAllBytes(output));
            IEnumerable<string> covered = symcov.RootElement.GetProperty("covered-points").EnumerateArray().Select(static id => id.GetString()!);
            return covered.ToHashSet().SetEquals(sancovs.SelectMany(SancovFile.Read).Where(static pc => pc != 0).Select(static pc => $"{pc:x}"));
        }
        finally
        {
            File.Delete(output);
        }
    }
}
