using System.Diagnostics;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Reports;

/// <summary>The report of SQLite with counts: how long it takes to write, and how long a browser with an empty cache takes to show sqlite3.c.</summary>
internal static class ReportCost
{
    private const int Rounds = 9;
    private const double GoalPaint = 300, GoalBytes = 200_000, GoalScroll = 100;
    private const string Program = "artifacts/bin/Edgewise.Cli/release/edgewise";

    private const string Shown = "performance.getEntriesByName('source shown').length && performance.getEntriesByName('first-contentful-paint').length";

    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";

    private const string ScrollTo200000 =
        """
        (async () => {
          const scroller = document.querySelector(".code"), start = performance.now();
          scroller.scrollTop = 199999 * 20;
          const shown = () => [...document.querySelectorAll(".line")].some((row) => row.querySelector(".no").textContent === "200000" && row.querySelector("code:not(.waiting)"));
          while (!shown()) await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - start;
        })()
        """;

    /// <summary>Takes the figures, or says what is missing.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        string program = Path.Combine(RepositoryFiles.Root, Program);
        if (!File.Exists(program) || !File.Exists(ChromiumPage.Program))
        {
            report($"report: skipped, there is no {(File.Exists(program) ? ChromiumPage.Program : Program)}");
            return [];
        }

        if (CountedSqlite.MakeMap(out string reason) is not { } map)
        {
            report($"report: skipped, {reason}");
            return [];
        }

        return Measure(options.Rounds(Rounds), program, map);
    }

    private static List<Measurement> Measure(int rounds, string program, string map)
    {
        string output = Path.Combine(Directory.CreateTempSubdirectory("edgewise-bench-").FullName, "report");
        try
        {
            double write = Median(rounds, () => 1e3 * MeasuredProcess.Run(program, ["report", map, "-o", output]).Wall);
            string source = Path.GetDirectoryName(map)! + "/" + Path.GetFileName(Directory.GetDirectories(Path.GetDirectoryName(map)!, "sqlite-autoconf-*")[0]) + "/sqlite3.c";
            string view = $"index.html#/file/{Uri.EscapeDataString(source)}";
            List<double> paints = [], sources = [], scrolls = [], served = [];
            string blank = Path.Combine(Path.GetDirectoryName(output)!, "blank.html");
            File.WriteAllText(blank, "<!doctype html><title>blank</title><p>One line.");
            List<double> blanks = [];
            for (int round = 0; round < rounds; round++)
            {
                using (ChromiumPage empty = new())
                {
                    empty.Open($"file://{blank}", "performance.getEntriesByName('first-contentful-paint').length");
                    blanks.Add(empty.Evaluate(FirstPaint).GetDouble());
                }

                using ChromiumPage page = new();
                page.Open($"file://{output}/{view}", Shown);
                paints.Add(page.Evaluate(FirstPaint).GetDouble());
                sources.Add(page.Evaluate("performance.getEntriesByName('source shown')[0].startTime").GetDouble());
                scrolls.Add(page.Evaluate(ScrollTo200000).GetDouble());
            }

            using Process server = Process.Start(new ProcessStartInfo(program, ["report", "serve", map, "--port", "0"]) { RedirectStandardOutput = true })!;
            string address = server.StandardOutput.ReadLine()!["serving ".Length..];
            double bytes = 0;
            for (int round = 0; round < rounds; round++)
            {
                using ChromiumPage page = new();
                page.Open(address + view, Shown);
                served.Add(page.Evaluate(FirstPaint).GetDouble());
                bytes = page.Evaluate("['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind)).reduce((sum, entry) => sum + entry.transferSize, 0)").GetDouble();
            }

            server.Kill();
            server.WaitForExit();
            return
            [
                new("report.sqlite.write.ms", write, "ms"),
                new("report.blank-page.first-paint.ms", Median(blanks), "ms"),
                new("report.sqlite.first-paint.ms", Median(paints), "ms", GoalPaint),
                new("report.sqlite.source-shown.ms", Median(sources), "ms", GoalPaint),
                new("report.sqlite.served.first-paint.ms", Median(served), "ms", GoalPaint),
                new("report.sqlite.first-view.bytes", bytes, "bytes", GoalBytes),
                new("report.sqlite.line-200000.ms", Median(scrolls), "ms", GoalScroll),
            ];
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(output)!, recursive: true);
        }
    }

    private static double Median(int rounds, Func<double> take) => Median([.. Enumerable.Range(0, rounds).Select(_ => take())]);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
