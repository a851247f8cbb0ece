using System.Globalization;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>A timeline that was run again.</summary>
/// <param name="Simulation">Name of the simulation.</param>
/// <param name="Timeline">The timeline.</param>
/// <param name="Result">What it gave.</param>
/// <param name="Difference">How a second run in another process differed; null if it did not.</param>
/// <param name="IsVerified">Whether there was a second run.</param>
internal sealed record ReplayResult(string Simulation, Timeline Timeline, TimelineResult Result, string? Difference, bool IsVerified)
{
    /// <summary>Why the recipe is none of this simulation: a step that the run never came to, without a bug that ended it. Null if it is.</summary>
    public string? Misfit
    {
        get
        {
            Recipe recipe = Timeline.Recipe;
            int step = Result.Segments;
            if (Result.End.Bug is not null || step >= recipe.Length)
            {
                return null;
            }

            long drawn = Result.Draws - recipe.DrawsBefore(step);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"recipe, step {step + 1}, '{recipe[step]}': is never reached: the run ended after {drawn} {(drawn == 1 ? "draw" : "draws")} of that segment, and the step stands behind {recipe[step].Count}; is it a recipe of this simulation, seed {Timeline.RootSeed} and build?");
        }
    }
}
