using System.Text.Json;

namespace Edgewise.Bench.Reporting;

/// <summary>Measurements as JSON: an array of objects with name, value, unit, goal and higherIsBetter.</summary>
internal static class MeasurementFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes a file; <c>-</c> is standard output.</summary>
    public static void Write(string path, IReadOnlyList<Measurement> measurements)
    {
        string text = JsonSerializer.Serialize(measurements, Options) + "\n";
        if (path == "-")
        {
            Console.Out.Write(text);
            return;
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
