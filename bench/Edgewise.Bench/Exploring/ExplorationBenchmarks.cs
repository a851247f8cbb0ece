using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Search;

namespace Edgewise.Bench.Exploring;

/// <summary>
/// How many runs the explorer needs, and how long a run takes, edges on: the workloads of moonpool, and others on which one strategy may fail.
/// Root seeds are 2001 and on, which nobody had looked at when the defaults were chosen (those from 1001 on were drawn once before the last change to them).
/// </summary>
internal static class ExplorationBenchmarks
{
    private const ulong FirstSeed = 2001;

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (ExampleSimulations.Load(report) is not { } examples)
        {
            return [];
        }

        return [.. Maze(examples, options), .. Dungeon(examples, options), .. Others(examples, options), .. Guidances(examples, options), .. Plain(examples, options)];
    }

    private static IEnumerable<Measurement> Maze(ExampleSimulations examples, BenchOptions options)
    {
        int seeds = options.Rounds(40);
        Outcome outcome = Search(examples, "maze", seeds, new ExplorationOptions { Runs = 600 });
        yield return new("explore.maze.found", outcome.Found, $"of {seeds}", seeds, HigherIsBetter: true);
        yield return new("explore.maze.runs.median", outcome.Quantile(0.5), "runs", 240);
        yield return new("explore.maze.runs.p90", outcome.Quantile(0.9), "runs", 360);
        yield return new("explore.maze.recipe.median", outcome.RecipeQuantile(0.5), "steps", 6);
        yield return new("explore.maze.recipe.max", outcome.RecipeQuantile(1), "steps", 6);
        yield return new("explore.maze.rate", 1 / SecondsOfRun(examples, "maze", 20_000, options), "runs/s", 40_000, HigherIsBetter: true);
    }

    private static IEnumerable<Measurement> Dungeon(ExampleSimulations examples, BenchOptions options)
    {
        int seeds = options.Rounds(20);
        Outcome outcome = Search(examples, "dungeon", seeds, new ExplorationOptions { Runs = 24_000, ShorteningTries = 0 });
        yield return new("explore.dungeon.found", outcome.Found, $"of {seeds}", seeds, HigherIsBetter: true);
        yield return new("explore.dungeon.runs.median", outcome.Quantile(0.5), "runs");
        yield return new("explore.dungeon.run.us", outcome.Seconds / outcome.Runs * 1e6, "us", 150);
    }

    private static IEnumerable<Measurement> Others(ExampleSimulations examples, BenchOptions options)
    {
        foreach (string name in (string[])["floor-ladder", "maze-cascade", "dungeon-floors", "deceptive-maze", "lock-service"])
        {
            int seeds = options.Rounds(name == "lock-service" ? 10 : 20);
            var limits = new ExplorationOptions { Runs = 5000, ShorteningTries = 0 };
            Outcome energy = Search(examples, name, seeds, limits with { Strategy = SearchStrategyKind.Energy });
            Outcome frontier = Search(examples, name, seeds, limits);
            yield return new($"explore.{name}.energy.found", energy.Found, $"of {seeds}");
            yield return new($"explore.{name}.energy.runs.median", energy.Quantile(0.5), "runs");
            yield return new($"explore.{name}.frontier.found", frontier.Found, $"of {seeds}", name == "lock-service" ? Math.Min(9, seeds) : seeds, HigherIsBetter: true);
            yield return new($"explore.{name}.frontier.runs.median", frontier.Quantile(0.5), "runs", energy.Quantile(0.5));
        }

        int fixedSeeds = options.Rounds(10);
        Outcome repaired = Search(examples, "lock-service-fixed", fixedSeeds, new ExplorationOptions { Runs = 5000, ShorteningTries = 0 });
        yield return new("explore.lock-service-fixed.frontier.found", repaired.Found, $"of {fixedSeeds}", 0);
    }

    private static IEnumerable<Measurement> Guidances(ExampleSimulations examples, BenchOptions options)
    {
        int seeds = options.Rounds(20);
        foreach (Guidance guidance in Enum.GetValues<Guidance>())
        {
            Outcome outcome = Search(examples, "handshake", seeds, new ExplorationOptions { Runs = 20_000, Guidance = guidance, ShorteningTries = 0 });
            string name = $"explore.handshake.{(guidance == Guidance.Both ? "both" : guidance == Guidance.Edges ? "edges" : "properties")}";
            yield return new($"{name}.found", outcome.Found, $"of {seeds}", guidance == Guidance.Both ? seeds : null, HigherIsBetter: true);
            yield return new($"{name}.runs.median", outcome.Quantile(0.5), "runs");
        }
    }

    // Seeds without any search: what a test that tries many seeds would see of the bug.
    private static IEnumerable<Measurement> Plain(ExampleSimulations examples, BenchOptions options)
    {
        int runs = options.Rounds(20_000);
        var engine = new ReplayEngine(examples.Target("lock-service"));
        int found = 0;
        double start = ThreadTime.Seconds;
        for (int run = 0; run < runs; run++)
        {
            engine.Submit(new Job(new Timeline(FirstSeed + (ulong)run, Recipe.Empty)));
            found += engine.Take().End.Bug is null ? 0 : 1;
        }

        yield return new("explore.lock-service.plain.found", found, $"of {runs}", 0);
        yield return new("explore.lock-service.plain.rate", runs / (ThreadTime.Seconds - start), "runs/s", 2000, HigherIsBetter: true);
    }

    private static double SecondsOfRun(ExampleSimulations examples, string name, long runs, BenchOptions options)
    {
        var limits = new ExplorationOptions { Runs = options.Rounds((int)runs), ShorteningTries = 0 };
        double best = double.MaxValue;
        for (ulong seed = FirstSeed; seed < FirstSeed + 5; seed++)
        {
            double start = ThreadTime.Seconds;
            ExplorationReport report = examples.Explore(name, seed, limits);
            best = Math.Min(best, (ThreadTime.Seconds - start) / report.Runs);
        }

        return best;
    }

    private static Outcome Search(ExampleSimulations examples, string name, int seeds, ExplorationOptions limits)
    {
        var outcome = new Outcome();
        for (ulong seed = FirstSeed; seed < FirstSeed + (ulong)seeds; seed++)
        {
            double start = ThreadTime.Seconds;
            ExplorationReport report = examples.Explore(name, seed, limits with { StopAtBug = examples.ExpectedBug(name) ?? ":" });
            outcome.Add(report, ThreadTime.Seconds - start);
        }

        return outcome;
    }

    /// <summary>What the searches of several root seeds gave.</summary>
    private sealed class Outcome
    {
        private readonly List<double> _runsToBug = [];
        private readonly List<double> _recipes = [];

        public int Found { get; private set; }

        public long Runs { get; private set; }

        public double Seconds { get; private set; }

        public void Add(ExplorationReport report, double seconds)
        {
            Runs += report.Runs;
            Seconds += seconds;
            // A search that found nothing needs more runs than it had.
            _runsToBug.Add(report.FirstBugRun ?? double.PositiveInfinity);
            if (report.Bugs.Count > 0)
            {
                Found++;
                _recipes.Add(report.Bugs[0].Best.Recipe.Length);
            }
        }

        public double Quantile(double share) => Quantile(_runsToBug, share);

        public double RecipeQuantile(double share) => Quantile(_recipes, share);

        private static double Quantile(List<double> values, double share)
        {
            values.Sort();
            return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(share * values.Count))];
        }
    }
}
