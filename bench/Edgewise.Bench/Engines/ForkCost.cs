using System.Diagnostics;
using System.Globalization;
using Edgewise.Exploration.Engines.Forking;

namespace Edgewise.Bench.Engines;

/// <summary>A trivial child of a process of .NET, from fork to reaped, against one of a C program with the same dirty memory and number of mappings.</summary>
internal static class ForkCost
{
    private const int Rounds = 9;
    private const int Children = 200;
    private const double Goal = 1.5;

    /// <summary>Takes the figures: medians of interleaved runs.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (!ForkEngine.IsAvailable(out string why))
        {
            report($"fork: skipped, {why}");
            yield break;
        }

        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            string yardstick = Path.Combine(folder, "fork");
            if (!TryCompile(yardstick))
            {
                report("fork: skipped, there is no gcc to compile the yardstick");
                yield break;
            }

            List<double> ours = [];
            List<double> theirs = [];
            string size = "";
            for (int round = 0; round < options.Rounds(Rounds); round++)
            {
                string[] lines = Read(RunHost());
                string[] memory = lines[0].Split(' ');
                ours.Add(Median(lines.AsSpan(1)));
                theirs.Add(Median(Read(new ProcessStartInfo(yardstick, [memory[0], memory[1], $"{Children}"]))));
                size = string.Create(CultureInfo.InvariantCulture, $"{long.Parse(memory[0], CultureInfo.InvariantCulture) / 1048576.0:0.0} MB dirty in {memory[1]} mappings, both");
            }

            report($"fork: {size}");
            yield return new("fork.trivial.us", ours.Order().ElementAt(ours.Count / 2), "us");
            yield return new("fork.trivial.c.us", theirs.Order().ElementAt(theirs.Count / 2), "us");
            yield return new("fork.trivial", ours.Zip(theirs, static (our, their) => our / their).Order().ElementAt(ours.Count / 2), "x", Goal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ProcessStartInfo RunHost()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ForkCost).Assembly.Location, ForkingHost.Argument, $"{Children}"]);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet")
        {
            start.ArgumentList.RemoveAt(0);
        }

        ForkConditions.Prepare(start);
        return start;
    }

    private static bool TryCompile(string program)
    {
        try
        {
            _ = Read(new ProcessStartInfo("gcc", ["-O2", "-o", program, Path.Combine(RepositoryFiles.Root, "bench", "Edgewise.Bench", "Engines", "fork.c")]));
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static double Median(ReadOnlySpan<string> lines)
    {
        double[] times = new double[lines.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = double.Parse(lines[i], CultureInfo.InvariantCulture);
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static string[] Read(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidDataException($"{start.FileName} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }
}
