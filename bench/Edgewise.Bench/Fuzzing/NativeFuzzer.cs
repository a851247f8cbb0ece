using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Edgewise.Bench.Fuzzing;

/// <summary>The yardstick: native libFuzzer on the same empty switch, compiled by clang.</summary>
internal sealed class NativeFuzzer : IDisposable
{
    private const long FewRuns = 1000;

    private readonly string _folder;
    private readonly string _program;

    private NativeFuzzer(string folder, string program)
    {
        _folder = folder;
        _program = program;
    }

    /// <summary>Compiles it.</summary>
    /// <param name="why">What is missing.</param>
    /// <returns>Null where there is no clang with libFuzzer.</returns>
    public static NativeFuzzer? TryBuild(out string why)
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        string program = Path.Combine(folder, "switch");
        string source = Path.Combine(RepositoryFiles.Root, "bench", "Edgewise.Bench", "Fuzzing", "switch.c");
        try
        {
            why = Run(new ProcessStartInfo("clang-14", ["-O2", "-fsanitize=fuzzer", "-o", program, source]), out _);
        }
        catch (Win32Exception missing)
        {
            why = missing.Message;
        }

        if (why.Length == 0)
        {
            return new NativeFuzzer(folder, program);
        }

        Directory.Delete(folder, recursive: true);
        return null;
    }

    /// <summary>Executions per second: of so many more runs, so that the start of the process does not count.</summary>
    /// <param name="runs">Executions.</param>
    /// <param name="seed">Seed.</param>
    public double Rate(long runs, int seed) => (runs - FewRuns) / (Seconds(runs, seed) - Seconds(FewRuns, seed));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private double Seconds(long runs, int seed)
    {
        string problem = Run(
            new ProcessStartInfo(_program, [string.Create(CultureInfo.InvariantCulture, $"-runs={runs}"), string.Create(CultureInfo.InvariantCulture, $"-seed={seed}"), "-verbosity=0"]) { WorkingDirectory = _folder },
            out TimeSpan time);
        return problem.Length == 0 ? time.TotalSeconds : throw new InvalidDataException($"libFuzzer: expected that nothing is found; {problem}");
    }

    // What went wrong; nothing where all went well.
    private static string Run(ProcessStartInfo start, out TimeSpan time)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        time = Stopwatch.GetElapsedTime(begin);
        return process.ExitCode == 0 ? "" : $"{start.FileName} ended with {process.ExitCode}: {errors.Trim()}";
    }
}
