using System.Text.Json;

namespace Edgewise.Fuzzing.Afl;

/// <summary>What a launcher runs under AFL++.</summary>
public sealed record AflSettings
{
    /// <summary>Full path of the target's assembly.</summary>
    public required string TargetPath { get; init; }

    /// <summary>Name of the target, or the method in full; null where the assembly has just one.</summary>
    public string? Method { get; init; }

    /// <summary>Globs of the assemblies that count their edges.</summary>
    public required string Assemblies { get; init; }

    /// <summary>The settings as an argument of a command line.</summary>
    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToText"/> made.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static AflSettings FromText(string text) => JsonSerializer.Deserialize<AflSettings>(text) ?? throw new JsonException("no settings");
}
