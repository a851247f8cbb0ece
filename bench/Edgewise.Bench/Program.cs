using System.Globalization;
using Edgewise.Bench;
using Edgewise.Bench.Engines;
using Edgewise.Bench.Reporting;
using Edgewise.Exploration.Engines.Workers;

// bench: takes every figure that Edgewise claims, in one run, and says which goals are met.
// --check repeats what looks worse than the baseline: a figure fails if two of three runs are worse by more than the tolerance.
try
{
    switch (args)
    {
        // Processes that the groups of engines start.
        case [EngineCost.Argument, string slot]:
            WorkerLoop.Run(new TrivialTarget(), slot);
            return 0;
        case [ForkingHost.Argument, string children]:
            return ForkingHost.Run(int.Parse(children, CultureInfo.InvariantCulture));
    }

    return Run(BenchOptions.Parse(args));
}
catch (Exception exception) when (exception is ArgumentException or InvalidDataException or IOException)
{
    Console.Error.WriteLine($"bench: {exception.Message}");
    return 1;
}

static int Run(BenchOptions options)
{
    List<BenchmarkGroup> groups = [.. BenchmarkCatalog.All.Where(group => options.Wants(group.Name))];
    if (groups.Count == 0)
    {
        throw new ArgumentException(
            $"no group is named {string.Join(' ', options.Globs)}; there are {string.Join(", ", BenchmarkCatalog.All.Select(group => group.Name))}");
    }

    List<Measurement> measurements = Measure(groups, options);
    Console.Write(MeasurementTable.Render(measurements));
    if (options.JsonFile is { } file)
    {
        MeasurementFile.Write(file, measurements);
    }

    string baseline = Path.Combine(RepositoryFiles.Root, "bench", "baseline.json");
    if (options.UpdateBaseline)
    {
        Baseline.Write(baseline, measurements);
    }

    return options.Check ? Check(Baseline.Read(baseline), groups, options, measurements) : 0;
}

static List<Measurement> Measure(IEnumerable<BenchmarkGroup> groups, BenchOptions options)
{
    List<Measurement> measurements = [];
    foreach (BenchmarkGroup group in groups)
    {
        Console.Error.WriteLine($"{group.Name} …");
        measurements.AddRange(group.Measure(options, line => Console.Error.WriteLine($"  {line}")));
    }

    return measurements;
}

static int Check(
    IReadOnlyDictionary<string, double> baseline, List<BenchmarkGroup> groups, BenchOptions options, List<Measurement> first)
{
    Dictionary<string, int> worse = Baseline.Worse(baseline, first).ToDictionary(name => name, _ => 1);
    for (int run = 2; run <= 3 && worse.Count > 0; run++)
    {
        Console.Error.WriteLine($"worse than the baseline: {string.Join(", ", worse.Keys)}; run {run} of 3");
        IEnumerable<BenchmarkGroup> again = groups.Where(group => worse.Keys.Any(name => name.StartsWith(group.Name + ".", StringComparison.Ordinal)));
        foreach (string name in Baseline.Worse(baseline, Measure(again, options)).Where(worse.ContainsKey))
        {
            worse[name]++;
        }
    }

    List<string> failed = [.. worse.Where(entry => entry.Value >= 2).Select(entry => entry.Key)];
    Console.WriteLine(failed.Count == 0
        ? $"baseline: {first.Count(measurement => baseline.ContainsKey(measurement.Name))} ratios compared, none worse by more than 25 %"
        : $"baseline: worse by more than 25 % in two of three runs: {string.Join(", ", failed)}");
    return failed.Count == 0 ? 0 : 1;
}
