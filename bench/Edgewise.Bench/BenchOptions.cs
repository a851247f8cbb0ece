using System.IO.Enumeration;

namespace Edgewise.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Globs">Patterns over measurement groups, for example <c>json*</c>; empty: all groups.</param>
/// <param name="JsonFile">Where to write the measurements as JSON; null: nowhere, <c>-</c>: standard output.</param>
/// <param name="Check">True: compare with <c>bench/baseline.json</c>.</param>
/// <param name="UpdateBaseline">True: write <c>bench/baseline.json</c> anew.</param>
/// <param name="Quick">True: fewer rounds; coarser figures in a quarter of the time.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Globs, string? JsonFile, bool Check, bool UpdateBaseline, bool Quick)
{
    /// <summary>How to call the program.</summary>
    public const string Usage = "usage: bench [NAME-GLOB…] [--json FILE] [--check] [--update-baseline] [--quick]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is not understood; the message says why.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        List<string> globs = [];
        BenchOptions options = new(globs, null, false, false, false);
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--check" => options with { Check = true },
                "--update-baseline" => options with { UpdateBaseline = true },
                "--quick" => options with { Quick = true },
                "--json" when i + 1 < arguments.Count => options with { JsonFile = arguments[++i] },
                _ when arguments[i].StartsWith('-') => throw new ArgumentException($"unknown option or missing value: {arguments[i]}\n{Usage}"),
                _ => options,
            };
            if (!arguments[i].StartsWith('-') && arguments[i] != options.JsonFile)
            {
                globs.Add(arguments[i]);
            }
        }

        return options;
    }

    /// <summary>True if a group was asked for.</summary>
    public bool Wants(string group) => Globs.Count == 0 || Globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, group));

    /// <summary>A number of rounds, less where the run is to be quick.</summary>
    public int Rounds(int count) => Quick ? Math.Max(3, count / 4) : count;
}
