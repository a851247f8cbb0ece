using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Rewriting;

/// <summary>How long <c>edgewise instrument</c> takes as a process of its own, for both Roslyn assemblies with their PDBs: the median of several.</summary>
internal static class ColdCommand
{
    private const int Processes = 11;
    private const double GoalMilliseconds = 500;

    /// <summary>Takes the figure, or says how to make the program that it needs.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (PublishedCommand.Find() is not { } program)
        {
            report($"cold: skipped, {PublishedCommand.Missing}");
            yield break;
        }

        string output = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        List<double> times = [];
        try
        {
            for (int i = 0; i < options.Rounds(Processes); i++)
            {
                times.Add(Run(program, Path.Combine(output, $"{i}")));
            }
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }

        times.Sort();
        yield return new("cold.roslyn.ms", times[times.Count / 2], "ms", GoalMilliseconds);
    }

    private static double Run(string program, string output) => 1e3 * MeasuredProcess.Run(program, [
        "instrument",
        Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.dll"),
        Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.CSharp.dll"),
        "-o", output, "--prune", "llvm", "--features", "inline-8bit-counters",
    ]).Wall;
}
