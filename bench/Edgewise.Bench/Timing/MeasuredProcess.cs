using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Edgewise.Bench.Timing;

/// <summary>What a command took, with all processes that it started.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Processor">Seconds of processor time, of all of its processes.</param>
internal readonly partial record struct MeasuredProcess(double Wall, double Processor)
{
    private const int Children = -1, UsageWords = 18;

    /// <summary>Runs a command to its end; what it prints is read and thrown away.</summary>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public static MeasuredProcess Run(string program, IEnumerable<string> arguments)
    {
        double before = ProcessorOfChildren();
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0
            ? new MeasuredProcess(wall, ProcessorOfChildren() - before)
            : throw new InvalidDataException($"{program} ended with {process.ExitCode}: {error.Result.Trim()}");
    }

    /// <summary>The most memory, in MB, that a command and its children had together at any of many looks.</summary>
    public static double PeakMegabytes(string program, IEnumerable<string> arguments)
    {
        using Process process = Start(program, arguments);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        long peak = 0;
        while (!process.HasExited)
        {
            string children = Read($"/proc/{process.Id}/task/{process.Id}/children");
            peak = Math.Max(peak, Resident($"{process.Id}") + children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(Resident));
            Thread.Sleep(1);
        }

        reading.Wait();
        return peak * (Environment.SystemPageSize / 1e6);
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static long Resident(string process) =>
        Read($"/proc/{process}/statm").Split(' ') is [_, var pages, ..] ? long.Parse(pages, CultureInfo.InvariantCulture) : 0;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return "";
        }
    }

    // Of all that ended and were waited for, with theirs.
    private static double ProcessorOfChildren()
    {
        Span<long> usage = stackalloc long[UsageWords];
        return GetUsage(Children, usage) == 0
            ? usage[0] + usage[2] + ((usage[1] + usage[3]) * 1e-6)
            : throw new InvalidOperationException("getrusage failed");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, Span<long> usage);
}
