using System.Text.Json;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.OverTime;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Writes what <c>edgewise diffcov</c> found as JSON; what is a part of nothing is null.</summary>
internal static class DiffcovJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, DiffcovResult result)
    {
        json.WriteStartObject();
        json.WriteString("command", result.Command);
        json.WriteString("campaign", result.Folder);
        json.WriteString("values", Name(result.Values));
        json.WriteString("collection", Name(result.Collection));
        json.WriteNumber("edges", result.Campaign.EdgeCount);
        WriteApproaches(json, result);
        WriteRelcov(json, result.Relcov);
        if (result.Ranking is { } ranking)
        {
            WriteRanking(json, ranking);
        }

        if (result.Statistics is { } statistics)
        {
            WriteStatistics(json, statistics);
        }

        if (result.Bands is { } bands)
        {
            WriteBands(json, bands);
        }

        json.WriteEndObject();
    }

    private static void WriteApproaches(Utf8JsonWriter json, DiffcovResult result)
    {
        json.WriteStartArray("approaches");
        for (int i = 0; i < result.Campaign.Approaches.Count; i++)
        {
            Approach approach = result.Campaign.Approaches[i];
            json.WriteStartObject();
            json.WriteString("name", approach.Name);
            json.WriteNumber("union", approach.Union.Count);
            json.WriteNumber("intersection", approach.Intersection.Count);
            json.WriteNumber("relscore", result.Scores[i].Score);
            WriteNumber(json, "reliability", result.Relcov[i, i]);
            json.WriteStartArray("trials");
            for (int trial = 0; trial < approach.Trials.Count; trial++)
            {
                json.WriteStartObject();
                json.WriteString("name", approach.Trials[trial].Name);
                json.WriteNumber("edges", approach.Trials[trial].EdgeCount);
                json.WriteNumber("relscore", result.Scores[i].TrialScores[trial]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRelcov(Utf8JsonWriter json, RelativeCoverage relcov)
    {
        json.WriteStartObject("relcov");
        for (int row = 0; row < relcov.Names.Count; row++)
        {
            json.WriteStartObject(relcov.Names[row]);
            for (int column = 0; column < relcov.Names.Count; column++)
            {
                WriteNumber(json, relcov.Names[column], relcov[row, column]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRanking(Utf8JsonWriter json, Ranking ranking)
    {
        json.WriteStartArray("ranking");
        foreach ((string name, string? reference, double? value) in ranking.Rows)
        {
            json.WriteStartObject();
            json.WriteString("approach", name);
            if (reference is not null)
            {
                json.WriteString("reference", reference);
            }

            WriteNumber(json, ranking.Quantity, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStatistics(Utf8JsonWriter json, CampaignStatistics statistics)
    {
        StatisticsOptions options = statistics.Options;
        json.WriteStartObject("statistics");
        json.WriteString("measure", Name(options.Measure));
        if (options.Measure == TrialMeasure.Relcov)
        {
            json.WriteString("against", options.Reference);
        }

        json.WriteNumber("confidence", options.Confidence);
        json.WriteNumber("resamples", options.Resamples);
        json.WriteNumber("seed", options.Seed);
        json.WriteStartArray("approaches");
        foreach (ApproachSummary approach in statistics.Approaches)
        {
            json.WriteStartObject();
            json.WriteString("name", approach.Name);
            json.WriteNumber("estimate", approach.Estimate);
            WriteNumber(json, "low", approach.Interval?.Low);
            WriteNumber(json, "high", approach.Interval?.High);
            json.WriteStartArray("values");
            foreach (double value in approach.Values)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("pairs");
        foreach (ApproachComparison pair in statistics.Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("approach", statistics.Approaches[pair.First].Name);
            json.WriteString("other", statistics.Approaches[pair.Second].Name);
            json.WriteNumber("u", pair.Test.U);
            json.WriteNumber("z", pair.Test.Z);
            json.WriteNumber("p", pair.Test.P);
            json.WriteBoolean("exact", pair.Test.IsExact);
            json.WriteNumber("pHolm", pair.AdjustedP);
            json.WriteNumber("a12", pair.A12);
            json.WriteString("effect", VarghaDelaney.Magnitude(pair.A12));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBands(Utf8JsonWriter json, IReadOnlyList<CoverageBand> bands)
    {
        json.WriteStartObject("overTime");
        foreach (CoverageBand band in bands)
        {
            json.WriteStartArray(band.Name);
            foreach (BandPoint point in band.Points)
            {
                json.WriteStartObject();
                json.WriteNumber("seconds", point.Seconds);
                json.WriteNumber("lowerQuartile", point.LowerQuartile);
                json.WriteNumber("median", point.Median);
                json.WriteNumber("upperQuartile", point.UpperQuartile);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Name<T>(T value) where T : struct, Enum => Enum.GetName(value)!.ToLowerInvariant();

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
