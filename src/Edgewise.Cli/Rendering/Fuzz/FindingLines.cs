using Edgewise.Corpus;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>A finding in libFuzzer's words.</summary>
internal static class FindingLines
{
    /// <summary>Bytes of the longest input that is printed.</summary>
    public const int LongestDump = 256;

    private const int OctalDigits = 3;

    /// <summary>What happened and where.</summary>
    public static IEnumerable<string> Report(Finding finding, int process)
    {
        yield return $"=={process}== ERROR: libFuzzer: {Summary(finding)}";
        yield return $"INFO: edgewise: {finding.Title}";
        foreach (string line in finding.Details.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return $"    {line.Trim()}";
        }

        yield return $"SUMMARY: libFuzzer: {Summary(finding)}";
    }

    /// <summary>The input, and where it came from.</summary>
    public static IEnumerable<string> Unit(Finding finding)
    {
        string[] mutations = finding.Mutations.Split('-', StringSplitOptions.RemoveEmptyEntries);
        yield return $"MS: {mutations.Length} {string.Concat(mutations.Select(name => name + "-"))}; base unit: {finding.Base ?? new string('0', EntryName.Digits)}";
        if (finding.Input.Length <= LongestDump)
        {
            yield return string.Concat(finding.Input.Select(value => $"0x{value:x},"));
            yield return string.Concat(finding.Input.Select(Character));
        }
    }

    private static string Character(byte value) =>
        value is >= 0x20 and <= 0x7E and not (byte)'\\' ? ((char)value).ToString() : $"\\{Convert.ToString(value, 8).PadLeft(OctalDigits, '0')}";

    // libFuzzer's words for what it has words for.
    private static string Summary(Finding finding) => finding.Kind switch
    {
        FindingKind.Timeout => "timeout",
        FindingKind.OutOfMemory => "out-of-memory",
        _ when finding.Signature.StartsWith("exit code", StringComparison.Ordinal) => "fuzz target exited",
        _ => "deadly signal",
    };
}
