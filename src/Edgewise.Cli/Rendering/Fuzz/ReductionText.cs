using System.Globalization;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>What <c>tmin</c> says.</summary>
internal static class ReductionText
{
    private const int LongestLiteral = 256;

    /// <summary>Why nothing was tried.</summary>
    public static string Flaky(string path, ReductionResult result) => result.Finding is { } finding
        ? $"{path}: only {result.Reproduced} of {result.Reruns} further runs showed '{finding.Signature}' again; expected each, so it cannot be made smaller"
        : $"{path}: takes other edges from run to run ({result.Reproduced} of {result.Reruns} runs were the same); expected the same each time, so it cannot be made smaller";

    /// <summary>The result, in lines.</summary>
    public static IEnumerable<string> Lines(string path, string output, ReductionResult result)
    {
        yield return TerminalText.Plain($"{path}: {Bytes(result.Input.Length)}, now {Bytes(result.Smallest.Length)}: {output}");
        yield return result.Finding is { } finding
            ? TerminalText.Plain($"  keeps  {finding.Signature}")
            : $"  keeps  {result.Points} edges and how often they are taken";
        if (result.Smallest.Length <= LongestLiteral)
        {
            yield return $"  input  {CSharpLiteral.Of(result.Smallest)}";
        }

        yield return string.Create(
            CultureInfo.InvariantCulture, $"  took   {result.Runs} runs, {result.Processes} {(result.Processes == 1 ? "process" : "processes")}{(result.WasCutShort ? "; a limit ended it, so there may be a smaller one" : "")}");
    }

    private static string Bytes(int count) => count == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{count} bytes");
}
