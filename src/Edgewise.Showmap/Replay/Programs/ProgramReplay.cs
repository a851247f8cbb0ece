using System.Diagnostics;
using System.Globalization;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Programs;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay.Records;
using Edgewise.Showmap.Replay.Targets;
using Edgewise.Supervision;

namespace Edgewise.Showmap.Replay.Programs;

/// <summary>Replays the entries of a corpus through a .NET program, in a process each: a file that stands in place of an argument <c>@@</c>, or standard input.</summary>
/// <param name="settings">The program, and how.</param>
/// <param name="arguments">The program's arguments.</param>
/// <param name="runtimePath">The Runtime that is brought into the program.</param>
/// <param name="entries">The entries, in order.</param>
public sealed class ProgramReplay(ReplaySettings settings, IReadOnlyList<string> arguments, string runtimePath, IReadOnlyList<ReplayEntry> entries)
{
    /// <summary>The argument in whose place the entry's file stands.</summary>
    public const string FileArgument = "@@";

    private readonly EntryReader _reader = new(settings.LargestEntry);

    /// <summary>Hears now and then how many entries are done.</summary>
    public Action<int>? Progressed { get; set; }

    /// <summary>Replays them.</summary>
    /// <exception cref="HostingException">The program cannot be run, or an assembly not be instrumented.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ReplayResult Run(CancellationToken cancellation)
    {
        var program = TargetProgram.Open(settings.TargetPath);
        IReadOnlyList<ProgramAssembly> inventory = AssemblyInventory.List(program);
        AssemblyChoice choice = settings.Assemblies.Length == 0 ? AssemblyChoice.ByDefault(program, inventory) : AssemblyChoice.ByGlobs(inventory, AssemblyGlobs.Parse(settings.Assemblies));
        using CacheFolder cache = CacheFolder.Open(_ => { });
        var images = new ImageCache(cache);
        Dictionary<ProgramAssembly, InstrumentedModule> modules = choice.Assemblies.ToDictionary(assembly => assembly, assembly => Instrument(images, assembly));
        (ProgramAssembly Assembly, PointSet Points)[] counted =
            [.. modules.Select(module => (module.Key, module.Value.Points)).DistinctBy(module => Convert.ToHexString(module.Points.OriginalHash)).OrderBy(module => module.Key.FileName, StringComparer.Ordinal)];
        if (counted.Sum(module => module.Points.PointCount) == 0)
        {
            throw new HostingException($"{settings.TargetPath}: no edges are counted; name its assemblies with --assemblies");
        }

        using RunFolder folder = RunFolder.Create(cache, program, modules, runtimePath);
        string run = Directory.CreateTempSubdirectory("edgewise-showmap-").FullName;
        try
        {
            var replayed = new ReplayedEntry[entries.Count];
            int done = 0;
            Parallel.For(0, entries.Count, new ParallelOptions { MaxDegreeOfParallelism = settings.Workers, CancellationToken = cancellation }, i =>
            {
                replayed[i] = Replay(program, folder, counted, Path.Combine(run, i.ToString(CultureInfo.InvariantCulture)), entries[i], cancellation);
                Progressed?.Invoke(Interlocked.Increment(ref done));
            });
            return new ReplayResult(
                "Main",
                [.. counted.Select(module => new ReplayModule(PointDomain.Cil, module.Assembly.FileName, module.Assembly.Path, Convert.ToHexStringLower(module.Points.OriginalHash), module.Points.PointCount))],
                [.. counted.Select(module => Array.ConvertAll(module.Points.Pcs, pc => (ulong)pc))], replayed, new HashSet<(int, int)>());
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static InstrumentedModule Instrument(ImageCache images, ProgramAssembly assembly)
    {
        try
        {
            return images.Get(assembly.Path, ManagedTarget.Options);
        }
        catch (InstrumentationException failure)
        {
            throw new HostingException($"{assembly.Path}: {failure.Message} ({failure.Id}); --assemblies can leave it out", failure);
        }
    }

    private ReplayedEntry Replay(
        TargetProgram program, RunFolder folder, (ProgramAssembly Assembly, PointSet Points)[] counted, string scratch, ReplayEntry entry, CancellationToken cancellation)
    {
        if (_reader.Read(entry, out string? problem) is not { } content)
        {
            return new ReplayedEntry(entry, "", new EntryOutcome(EntryFate.Unreadable, problem!, 0, 0, 0), [], 0);
        }

        string hash = ContentHash.Of(EntryKind.Input, content).ToString();
        using var map = MapFile.Create(scratch + ".map", counted.Select(module => new MapModule(module.Assembly.FileName, module.Assembly.Path, module.Points.OriginalHash, module.Points.PointCount)));
        string file = entry.Path;
        if (entry.IsPacked && arguments.Contains(FileArgument))
        {
            file = scratch;
            File.WriteAllBytes(file, content);
        }

        ProcessStartInfo start = Start(program, folder, map, file);
        EntryOutcome outcome = Execute(start, arguments.Contains(FileArgument) ? [] : content, cancellation);
        if (outcome.Fate != EntryFate.Accepted)
        {
            return new ReplayedEntry(entry, hash, outcome, [], 0);
        }

        map.Refresh();
        var sums = new CountSums();
        for (int i = 0; i < counted.Length; i++)
        {
            MapModule module = map.Modules.First(module => module.OriginalHash.AsSpan().SequenceEqual(counted[i].Points.OriginalHash));
            sums.Add(i, map.ReadCounters(module));
        }

        int saturated = sums.Saturated;
        return new ReplayedEntry(entry, hash, outcome, sums.Take(), saturated);
    }

    private ProcessStartInfo Start(TargetProgram program, RunFolder folder, MapFile map, string file)
    {
        var start = new ProcessStartInfo(program.Host.Path, [folder.ProgramPath, .. arguments.Select(argument => argument == FileArgument ? Path.GetFullPath(file) : argument)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ThisProgram.Hooks] = folder.RuntimePath;
        start.Environment["EDGEWISE_MAP_FILE"] = map.Path;
        start.Environment["EDGEWISE_BASE_DIRECTORY"] = program.Folder + Path.DirectorySeparatorChar;
        return start;
    }

    private EntryOutcome Execute(ProcessStartInfo start, byte[] input, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = start };
        string? firstLine = null;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => firstLine ??= string.IsNullOrWhiteSpace(line.Data) ? null : line.Data;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var feeder = new Thread(() => Feed(process.StandardInput.BaseStream, input)) { IsBackground = true, Name = "feeds an entry" };
        feeder.Start();
        long started = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            bool isLate = settings.Timeout > TimeSpan.Zero && Stopwatch.GetElapsedTime(started) > settings.Timeout;
            if (isLate || cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                cancellation.ThrowIfCancellationRequested();
                return new EntryOutcome(EntryFate.TimedOut, string.Create(CultureInfo.InvariantCulture, $"more than {settings.Timeout.TotalSeconds:0.###} seconds"), 1, 0, 0);
            }
        }

        process.WaitForExit();
        var end = new ProcessEnd(process.ExitCode);
        return end.Signal is { } signal
            ? new EntryOutcome(EntryFate.Crashed, $"{(firstLine is null ? "" : firstLine + " ")}(signal {signal}, {SignalNames.Of(signal)})", 1, 0, 0)
            : new EntryOutcome(EntryFate.Accepted, "", 1, 0, end.ExitCode == 0 ? 0 : 1);
    }

    private static void Feed(Stream stream, byte[] input)
    {
        try
        {
            using (stream)
            {
                stream.Write(input);
            }
        }
        catch (IOException)
        {
            // The program does not read all of it, or has ended.
        }
    }
}
