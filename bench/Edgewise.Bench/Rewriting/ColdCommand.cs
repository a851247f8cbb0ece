using System.Diagnostics;

namespace Edgewise.Bench.Rewriting;

/// <summary>How long <c>edgewise instrument</c> takes as a process of its own, for both Roslyn assemblies with their PDBs: the median of several.</summary>
internal static class ColdCommand
{
    private const int Processes = 11;
    private const double GoalMilliseconds = 500;
    private const string Published = "artifacts/publish/Edgewise.Cli/release_linux-x64/edgewise";
    private const string Publish =
        "dotnet publish src/Edgewise.Cli -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true";

    /// <summary>Takes the figure, or says how to make the program that it needs.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        string program = Path.Combine(RepositoryFiles.Root, Published);
        if (!File.Exists(program))
        {
            report($"cold: skipped, there is no {Published}; make it with: {Publish}");
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

    private static double Run(string program, string output)
    {
        ProcessStartInfo start = new(program)
        {
            ArgumentList =
            {
                "instrument",
                Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.dll"),
                Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.CSharp.dll"),
                "-o", output, "--prune", "llvm", "--features", "inline-8bit-counters",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return process.ExitCode == 0
            ? elapsed
            : throw new InvalidDataException($"{program} instrument ended with {process.ExitCode}: {errors.Result.Trim()}");
    }
}
