using System.Globalization;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Simulation.Running;

/// <summary>The command that replays a timeline.</summary>
public static class ReplayCommand
{
    /// <summary>The command, to be pasted into a shell.</summary>
    /// <param name="simulation">Name of the simulation.</param>
    /// <param name="timeline">The timeline.</param>
    /// <param name="assembly">Path of its assembly; null for the examples.</param>
    public static string Of(string simulation, Timeline timeline, string? assembly) => string.Create(
        CultureInfo.InvariantCulture,
        $"edgewise sim replay {Word(simulation)} {timeline.RootSeed} {Quoted(timeline.Recipe.ToString())}{(assembly is null ? "" : $" --assembly {Word(assembly)}")}");

    private static string Word(string text) => text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "-_./:".Contains(letter)) ? text : Quoted(text);

    // As POSIX shells read it: nothing means anything between single quotes, and a quote stands outside of them.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
