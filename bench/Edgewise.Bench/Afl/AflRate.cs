using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Edgewise.Bench.Afl;

/// <summary>Executions per second of targets under <c>afl-fuzz</c>, as it counts them itself: ours, and a program in C that AFL++'s compiler built.</summary>
internal static class AflRate
{
    private const int Rounds = 5;
    private const int Seconds = 6;
    // Twice what the best of other .NET fuzzers was measured to do on an empty switch.
    private const double Goal = 66_000;
    private const string Command = "artifacts/bin/Edgewise.Cli/release/edgewise.dll";

    private static readonly (string Name, string Assembly, string Method, string Seed)[] Targets =
    [
        ("switch", "artifacts/bin/Fuzzed/release/Fuzzed.dll", "switch", "aaaa\n"),
        ("json", "artifacts/bin/FuzzTargets/release/FuzzTargets.dll", "json", """{"a": [1, 2.5, null], "b": "text", "c": {"d": true}}"""),
    ];

    /// <summary>Takes the figures: medians of interleaved campaigns.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (Targets.Select(target => target.Assembly).Prepend(Command).FirstOrDefault(file => !File.Exists(InRepository(file))) is { } missing)
        {
            report($"afl: skipped, there is no {missing}; make it with: dotnet build -c Release");
            yield break;
        }

        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            List<(string Name, string Program, string Seed)> contenders = [];
            foreach ((string name, string assembly, string method, string seed) in Targets)
            {
                string launcher = Path.Combine(folder, $"{name}.afl");
                Run("dotnet", [InRepository(Command), "afl", InRepository(assembly), "--method", method, "-o", launcher]);
                contenders.Add((name, launcher, seed));
            }

            if (Compile(Path.Combine(folder, "yardstick"), report) is { } yardstick)
            {
                contenders.Add(("switch.c", yardstick, Targets[0].Seed));
            }

            var rates = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
            for (int round = 0; round < options.Rounds(Rounds); round++)
            {
                foreach ((string name, string program, string seed) in contenders)
                {
                    if (Fuzz(folder, program, seed) is not { } rate)
                    {
                        report("afl: skipped, there is no afl-fuzz (Debian: afl++)");
                        yield break;
                    }

                    rates[name].Add(rate);
                }
            }

            foreach ((string name, List<double> all) in rates)
            {
                yield return new($"afl.{name}.rate", Median(all), "/s", name == "switch" ? Goal : null, HigherIsBetter: true);
            }

            if (rates.TryGetValue("switch.c", out List<double>? theirs))
            {
                yield return new("afl.switch.of-c", Median(rates["switch"].Zip(theirs, static (ours, their) => ours / their)), "x", HigherIsBetter: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string InRepository(string path) => Path.Combine(RepositoryFiles.Root, path);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string? Compile(string program, Action<string> report)
    {
        try
        {
            Run("afl-clang-fast", ["-O2", "-o", program, InRepository("bench/Edgewise.Bench/Afl/yardstick.c")]);
            return program;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidDataException)
        {
            report($"afl: without the program in C, afl-clang-fast cannot build it: {failure.Message}");
            return null;
        }
    }

    // The rate that AFL++ writes into its statistics; null where there is no AFL++.
    private static double? Fuzz(string folder, string program, string seed)
    {
        string seeds = Directory.CreateDirectory(Path.Combine(folder, "seeds")).FullName;
        File.WriteAllText(Path.Combine(seeds, "seed"), seed);
        string output = Path.Combine(folder, "out");
        try
        {
            Run("afl-fuzz", ["-i", seeds, "-o", output, "-V", $"{Seconds}", "-t", "1000", "--", program]);
        }
        catch (Win32Exception)
        {
            return null;
        }

        string line = File.ReadLines(Path.Combine(output, "default", "fuzzer_stats")).First(line => line.StartsWith("execs_per_sec", StringComparison.Ordinal));
        Directory.Delete(output, recursive: true);
        return double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }

    private static void Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AFL_NO_UI"] = start.Environment["AFL_SKIP_CPUFREQ"] = start.Environment["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = "1";
        start.Environment["AFL_TRY_AFFINITY"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidDataException($"{program} ended with {process.ExitCode}: {errors.Result.Trim()} {output.Trim()}");
        }
    }
}
