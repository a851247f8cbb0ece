using Edgewise.Corpus;
using Edgewise.Fuzzing.Running;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Findings;

/// <summary>The files that findings leave, named as libFuzzer's: <c>crash-</c>, <c>timeout-</c>, <c>oom-</c> or <c>slow-unit-</c> and the SHA-1 of the input.</summary>
internal static class Artifact
{
    /// <summary>Writes an input that showed a finding.</summary>
    /// <returns>The path.</returns>
    public static string Write(FuzzSettings settings, FindingKind kind, byte[] input)
    {
        string path = settings.ExactArtifactPath ?? $"{settings.ArtifactPrefix}{Prefix(kind)}-{EntryName.Of(input)}";
        AtomicFile.Write(path, input);
        return path;
    }

    /// <summary>Writes the shortest input that shows a finding.</summary>
    /// <returns>The path.</returns>
    public static string WriteMinimized(FuzzSettings settings, byte[] input, byte[] shortest)
    {
        string path = settings.ExactArtifactPath ?? $"{settings.ArtifactPrefix}minimized-from-{EntryName.Of(input)}";
        AtomicFile.Write(path, shortest);
        return path;
    }

    /// <summary>Writes an input that took long.</summary>
    /// <returns>The path.</returns>
    public static string WriteSlow(FuzzSettings settings, byte[] input)
    {
        string path = settings.ExactArtifactPath ?? $"{settings.ArtifactPrefix}slow-unit-{EntryName.Of(input)}";
        AtomicFile.Write(path, input);
        return path;
    }

    private static string Prefix(FindingKind kind) => kind switch
    {
        FindingKind.Timeout => "timeout",
        FindingKind.OutOfMemory => "oom",
        _ => "crash",
    };
}
