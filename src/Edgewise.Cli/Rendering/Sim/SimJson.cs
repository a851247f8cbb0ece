using System.Globalization;
using System.Text.Json;
using Edgewise.Cli.Commands.Sim;
using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Running;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Reporting;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>What <c>edgewise sim … --json</c> writes; the shape stands in <c>docs/sim.md</c>. Seeds and fingerprints are text: they need all of their 64 bits.</summary>
internal static class SimJson
{
    private const int Version = 1;

    /// <summary>The result of <c>list</c>.</summary>
    public static void WriteList(Utf8JsonWriter json, string assembly, IReadOnlyList<SimulationEntry> simulations)
    {
        Begin(json, "sim list", assembly);
        json.WriteStartArray("simulations");
        foreach (SimulationEntry simulation in simulations)
        {
            json.WriteStartObject();
            json.WriteString("name", simulation.Name);
            json.WriteString("class", simulation.Type.FullName);
            json.WriteString("expectedBug", simulation.ExpectedBug);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The result of <c>run</c> and <c>run-all</c>.</summary>
    public static void WriteRun(Utf8JsonWriter json, SimulationAssembly assembly, IReadOnlyList<SimulationResult> results)
    {
        Begin(json, "sim run", assembly.Path);
        json.WriteString("build", assembly.HashBuild());
        json.WriteNumber("passed", results.Count(result => result.Report.HasPassed));
        json.WriteNumber("failed", results.Count(result => !result.Report.HasPassed));
        json.WriteStartArray("simulations");
        foreach (SimulationResult result in results)
        {
            Write(json, result);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The result of <c>replay</c>.</summary>
    public static void WriteReplay(Utf8JsonWriter json, string assembly, ReplayResult replay)
    {
        Begin(json, "sim replay", assembly);
        json.WriteString("simulation", replay.Simulation);
        json.WriteStartObject("timeline");
        WriteTimeline(json, replay.Timeline);
        json.WriteEndObject();
        json.WriteString("kind", KindOf(replay.Result.End.Bug));
        json.WriteString("signature", replay.Result.End.Signature);
        json.WriteString("message", replay.Result.End.Message);
        json.WriteNumber("draws", replay.Result.Draws);
        json.WriteNumber("stepsReached", replay.Result.Segments);
        json.WriteBoolean("applies", replay.Misfit is null);
        json.WriteString("nondeterminism", replay.Difference);
        WriteProperties(json, SimReplay.Properties(replay));
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string command, string assembly)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("command", command);
        json.WriteString("assembly", assembly);
    }

    /// <summary>One simulation that was searched.</summary>
    internal static void Write(Utf8JsonWriter json, SimulationResult result)
    {
        ExplorationReport exploration = result.Report.Exploration;
        json.WriteStartObject();
        json.WriteString("name", result.Report.Simulation.Name);
        json.WriteBoolean("passed", result.Report.HasPassed);
        json.WriteNumber("exitCode", result.Report.ExitCode);
        json.WriteString("verdict", SimVerdict.Of(result.Report).Text);
        json.WriteString("expectedBug", result.Report.Simulation.ExpectedBug);
        json.WriteString("end", Camel(exploration.End?.ToString()));
        json.WriteString("endReason", SimWords.Why(exploration));
        json.WriteString("nondeterminism", exploration.Nondeterminism);
        WriteOptions(json, result);
        WriteCounters(json, exploration);
        json.WriteStartArray("bugs");
        foreach (Bug bug in exploration.Bugs)
        {
            Write(json, result, bug);
        }

        json.WriteEndArray();
        WriteProperties(json, PropertyOutcome.Of(exploration.Properties));
        WriteSeeds(json, exploration);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, SimulationResult result)
    {
        ExplorationOptions options = result.Report.Exploration.Options;
        json.WriteStartObject("options");
        json.WriteString("seed", Text(options.Seed));
        WriteNumber(json, "iterations", options.Iterations);
        json.WriteNumber("runs", options.Runs);
        WriteNumber(json, "timeMilliseconds", (long?)options.Time?.TotalMilliseconds);
        json.WriteString("engine", SimReport.Name(result.Options.Engine));
        json.WriteString("strategy", SimReport.Name(options.Strategy));
        json.WriteNumber("workers", result.Options.Workers);
        json.WriteNumber("lookahead", options.Lookahead);
        json.WriteNumber("deadlineMilliseconds", (long)result.Options.Deadline.TotalMilliseconds);
        WriteNumber(json, "memoryBytes", result.Options.MemoryLimit);
        json.WriteBoolean("verify", result.Options.Verify);
        json.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter json, ExplorationReport exploration)
    {
        json.WriteNumber("elapsedMilliseconds", Math.Round(exploration.Elapsed.TotalMilliseconds, 3));
        json.WriteNumber("runs", exploration.Runs);
        json.WriteNumber("locationRuns", exploration.Seeds.Sum(seed => seed.Locations));
        json.WriteNumber("shorteningRuns", exploration.Bugs.Sum(bug => bug.ShorteningRuns));
        json.WriteNumber("bugRuns", exploration.Seeds.Sum(seed => seed.BugRuns));
        WriteNumber(json, "runsToFirstBug", exploration.FirstBugRun);
        json.WriteNumber("draws", exploration.Seeds.Sum(seed => seed.Draws));
        json.WriteNumber("states", exploration.History.StateCount);
        json.WriteNumber("edges", exploration.History.EdgeCount);
        json.WriteNumber("coveredEdges", exploration.History.CoveredEdgeCount);
        json.WriteNumber("maskedEdges", exploration.History.MaskedEdgeCount);
    }

    private static void Write(Utf8JsonWriter json, SimulationResult result, Bug bug)
    {
        json.WriteStartObject();
        json.WriteString("kind", KindOf(bug.Kind));
        json.WriteString("signature", bug.Signature);
        json.WriteString("message", bug.Message);
        json.WriteBoolean("expected", result.Report.IsExpected(bug));
        json.WriteNumber("firstRun", bug.FirstRun);
        json.WriteNumber("count", bug.Count);
        json.WriteNumber("shorteningRuns", bug.ShorteningRuns);
        json.WriteBoolean("verified", result.Options.Verify && bug.Kind != BugKind.Timeout && bug.Verification is null);
        json.WriteString("verification", bug.Verification);
        json.WriteString("replay", result.ReplayOf(bug));
        json.WriteStartObject("best");
        WriteTimeline(json, bug.Best);
        json.WriteEndObject();
        WriteTimelines(json, "timelines", bug.Timelines);
        WriteTimelines(json, "shortened", bug.Shortened);
        json.WriteEndObject();
    }

    private static void WriteTimelines(Utf8JsonWriter json, string name, IReadOnlyList<Timeline> timelines)
    {
        json.WriteStartArray(name);
        foreach (Timeline timeline in timelines)
        {
            json.WriteStartObject();
            WriteTimeline(json, timeline);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTimeline(Utf8JsonWriter json, Timeline timeline)
    {
        json.WriteString("seed", Text(timeline.RootSeed));
        json.WriteString("recipe", timeline.Recipe.ToString());
        json.WriteNumber("steps", timeline.Recipe.Length);
    }

    private static void WriteProperties(Utf8JsonWriter json, IReadOnlyList<PropertyOutcome> properties)
    {
        json.WriteStartArray("properties");
        foreach (PropertyOutcome property in properties)
        {
            json.WriteStartObject();
            json.WriteString("kind", property.KindName);
            json.WriteString("name", property.Name);
            json.WriteString("status", Camel(property.Status.ToString()));
            json.WriteNumber("holds", property.Holds);
            json.WriteNumber("fails", property.Fails);
            json.WriteString("comparison", property.Comparison);
            json.WriteString("nearest", property.Nearest);
            json.WriteNumber("identities", property.Identities);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSeeds(Utf8JsonWriter json, ExplorationReport exploration)
    {
        json.WriteStartArray("seeds");
        foreach (SeedReport seed in exploration.Seeds)
        {
            json.WriteStartObject();
            json.WriteString("seed", Text(seed.Seed));
            json.WriteNumber("runs", seed.Runs);
            json.WriteNumber("locationRuns", seed.Locations);
            json.WriteNumber("draws", seed.Draws);
            json.WriteNumber("states", seed.States);
            json.WriteNumber("new", seed.New);
            WriteNumber(json, "runsToFirstBug", seed.FirstBugRun);
            json.WriteNumber("bugRuns", seed.BugRuns);
            json.WriteNumber("elapsedMilliseconds", Math.Round(seed.Elapsed.TotalMilliseconds, 3));
            json.WriteString("fingerprint", seed.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
            WriteNumber(json, "energyLeft", seed.EnergyLeft);
            WriteNumber(json, "poolLeft", seed.PoolLeft);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? KindOf(BugKind? kind) => Camel(kind?.ToString());

    private static string? Camel(string? name) => name is null ? null : JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Text(ulong seed) => seed.ToString(CultureInfo.InvariantCulture);
}
