using System.Text.Json;

namespace Edgewise.Bench.Reporting;

/// <summary>The committed figures that a run is compared with: ratios only, since times belong to a machine.</summary>
internal static class Baseline
{
    /// <summary>How much worse than the baseline a figure may be.</summary>
    public const double Tolerance = 1.25;

    /// <summary>Ratios that belong to a machine too: to its vector width, and to how far its cores are apart.</summary>
    private static readonly string[] MachineBound = ["feedback.", "threads."];

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>Reads a baseline: an object of names and values.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not a baseline.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(path))
                ?? throw new InvalidDataException($"{path}: null where an object of names and values was expected");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the ratios of a run.</summary>
    public static void Write(string path, IReadOnlyList<Measurement> measurements)
    {
        SortedDictionary<string, double> ratios = new(StringComparer.Ordinal);
        foreach (Measurement measurement in measurements.Where(IsRatio))
        {
            ratios[measurement.Name] = Math.Round(measurement.Value, 3);
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(ratios, Options) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Names of the ratios that are worse than the baseline by more than <see cref="Tolerance"/>.</summary>
    public static IReadOnlyList<string> Worse(IReadOnlyDictionary<string, double> baseline, IReadOnlyList<Measurement> measurements) =>
        [.. measurements
            .Where(IsRatio)
            .Where(measurement => baseline.TryGetValue(measurement.Name, out double before) && IsWorse(measurement, before))
            .Select(measurement => measurement.Name)];

    private static bool IsRatio(Measurement measurement) =>
        measurement.Unit == "x" && !MachineBound.Any(prefix => measurement.Name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsWorse(Measurement measurement, double before) =>
        measurement.HigherIsBetter ? measurement.Value * Tolerance < before : measurement.Value > before * Tolerance;
}
