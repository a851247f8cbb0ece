using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Edgewise.Corpus;
using Edgewise.Fuzzing.Afl.Platform;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Afl;

/// <summary>The main function of what a launcher starts: a fork server, one of its workers, or a single run.</summary>
public static class AflMain
{
    /// <summary>The first argument of a program that a launcher starts; the settings are the second, behind them may come the file with the input.</summary>
    public const string Verb = "afl-target";

    private const int Failure = 1;

    /// <summary>Does what a launcher asks for.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>The exit code; null where no launcher started this.</returns>
    public static int? RunIfOrdered(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is not [Verb, var text, ..] || !OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var settings = AflSettings.FromText(text);
            string? input = args.Length > 2 ? args[2] : null;
            var surroundings = AflEnvironment.Read();
            string? order = Environment.GetEnvironmentVariable(ForkServer.Variable);
            return order is not null ? Work(settings, surroundings, order, input)
                : surroundings.HasForkServer ? new ForkServer([.. ThisProgram.Command(), .. args]).Serve()
                : RunOnce(settings, surroundings, input);
        }
        catch (Exception failure) when (failure is HostingException or CorpusException or SupervisionException or IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"edgewise: {failure.Message}");
            return Failure;
        }
    }

    [SupportedOSPlatform("linux")]
    private static int Work(AflSettings settings, AflEnvironment surroundings, string order, string? input)
    {
        int[] numbers = [.. order.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        if (numbers is not [int memory, int wake, int parent] || !ChildProcess.DieWith(parent))
        {
            return Failure;
        }

        // What the target starts is no worker, and has nothing to say to the tool.
        Environment.SetEnvironmentVariable(ForkServer.Variable, null);
        foreach (int descriptor in (int[])[memory, wake, AflEnvironment.ControlDescriptor, AflEnvironment.StatusDescriptor])
        {
            Descriptor.KeepToThisProcess(descriptor);
        }

        AflTarget target = Load(settings, surroundings.CompareSegment is not null);
        new AflWorker(target, surroundings, RunState.Open(memory), wake).Work(input);
        return 0;
    }

    // As a tool wants it that has no fork server, and a person who looks at a crash.
    [SupportedOSPlatform("linux")]
    private static unsafe int RunOnce(AflSettings settings, AflEnvironment surroundings, string? input)
    {
        AflTarget target = Load(settings, logsCompares: false);
        ReadOnlySpan<byte> bytes = TestCase.InFile(input).Read();
        if (surroundings.MapSegment is { } segment)
        {
            *target.CountIn(segment) = 1;
        }

        int end = target.Run(bytes, out Exception? crash);
        if (end != 0)
        {
            Console.Error.WriteLine(crash);
            ChildProcess.DieOf(end);
        }

        return 0;
    }

    [SupportedOSPlatform("linux")]
    private static AflTarget Load(AflSettings settings, bool logsCompares)
    {
        using CacheFolder folder = CacheFolder.Open(note => Console.Error.WriteLine($"edgewise: {note}"));
        return AflTarget.Load(settings, new ImageCache(folder), logsCompares);
    }
}
