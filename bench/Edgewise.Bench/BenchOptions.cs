using System.Globalization;
using System.IO.Enumeration;

namespace Edgewise.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Globs">Patterns over measurement groups, for example <c>json*</c>; empty: all groups.</param>
/// <param name="JsonFile">Where to write the measurements as JSON; null: nowhere, <c>-</c>: standard output.</param>
/// <param name="Check">True: compare with <c>bench/baseline.json</c>.</param>
/// <param name="UpdateBaseline">True: write <c>bench/baseline.json</c> anew.</param>
/// <param name="Quick">True: fewer rounds; coarser figures in a quarter of the time.</param>
/// <param name="Seed">Where fuzzing campaigns draw their seeds from; null: they are drawn afresh.</param>
/// <param name="SeedCount">How many seeds each puzzle is tried with.</param>
/// <param name="PlotFolder">Where groups that draw put their plots; null: nowhere.</param>
internal sealed record BenchOptions(
    IReadOnlyList<string> Globs, string? JsonFile, bool Check, bool UpdateBaseline, bool Quick, ulong? Seed = null, int SeedCount = 3, string? PlotFolder = null)
{
    /// <summary>How to call the program.</summary>
    public const string Usage = "usage: bench [NAME-GLOB…] [--json FILE] [--check] [--update-baseline] [--quick] [--seed NUMBER] [--seeds COUNT] [--plots FOLDER]";

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
                "--seed" when Value(arguments, i) is { } seed => options with { Seed = seed },
                "--seeds" when Value(arguments, i) is { } count and > 0 and < 1000 => options with { SeedCount = (int)count },
                "--plots" when i + 1 < arguments.Count => options with { PlotFolder = arguments[++i] },
                "--json" when i + 1 < arguments.Count => options with { JsonFile = arguments[++i] },
                _ when arguments[i].StartsWith('-') => throw new ArgumentException($"unknown option or missing value: {arguments[i]}\n{Usage}"),
                _ => options,
            };
            if (arguments[i] is "--seed" or "--seeds")
            {
                i++;
            }
            else if (!arguments[i].StartsWith('-') && arguments[i] != options.JsonFile && arguments[i] != options.PlotFolder)
            {
                globs.Add(arguments[i]);
            }
        }

        return options;
    }

    private static ulong? Value(IReadOnlyList<string> arguments, int option) =>
        option + 1 < arguments.Count && ulong.TryParse(arguments[option + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    /// <summary>True if a group was asked for.</summary>
    public bool Wants(string group) => Globs.Count == 0 || Globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, group));

    /// <summary>A number of rounds, less where the run is to be quick.</summary>
    public int Rounds(int count) => Quick ? Math.Max(3, count / 4) : count;
}
