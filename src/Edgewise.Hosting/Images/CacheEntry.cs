using System.Text.Json.Serialization;
using Edgewise.Instrumentation;

namespace Edgewise.Hosting.Images;

/// <summary>What <c>entry.json</c> says of a cached image.</summary>
/// <param name="ImageHash">SHA-256 of the image, hex.</param>
/// <param name="PdbHash">SHA-256 of the PDB, hex, or null where there is none.</param>
/// <param name="MethodCount">Methods with a body in the original.</param>
/// <param name="IgnoredCount">Methods that the lists kept out.</param>
/// <param name="LeftOut">Methods that could not be instrumented.</param>
/// <param name="Warnings">What a user should know.</param>
internal sealed record CacheEntry(
    string ImageHash,
    string? PdbHash,
    int MethodCount,
    int IgnoredCount,
    IReadOnlyList<MethodLeftOut> LeftOut,
    IReadOnlyList<string> Warnings);

/// <summary>Reads and writes <see cref="CacheEntry"/> without reflection, which would cost start-up time.</summary>
[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheEntryJson : JsonSerializerContext;
