using System.Globalization;
using Edgewise.Fuzzing.Parallel;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>libFuzzer's lines of <c>-fork</c> and <c>-jobs</c>.</summary>
internal static class ForkText
{
    /// <summary>The first line of <c>-fork</c>.</summary>
    public static string Begin(int workers) => string.Create(CultureInfo.InvariantCulture, $"INFO: -fork={workers}: fuzzing in separate process(s)");

    /// <summary>After each job.</summary>
    public static string Line(ForkStatus status) => string.Create(
        CultureInfo.InvariantCulture,
        $"#{status.Executions}: cov: {status.Points} ft: {status.Features} corp: {status.Entries} exec/s: {status.Rate} oom/timeout/crash: {status.OutOfMemory}/{status.Timeouts}/{status.Crashes} time: {(long)status.Elapsed.TotalSeconds}s job: {status.Job} dft_time: 0");

    /// <summary>The last line of <c>-fork</c>.</summary>
    public static string End(int exitCode, TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"INFO: exiting: {exitCode} time: {(long)elapsed.TotalSeconds}s");

    /// <summary>After one of several jobs.</summary>
    public static string JobEnded(int job, int exitCode) => string.Create(CultureInfo.InvariantCulture, $"================== Job {job} exited with exit code {exitCode} ============");
}
