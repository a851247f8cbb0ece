using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>The draw at which a timeline leaves another: where the last step of its recipe reseeds.</summary>
internal static class Anchor
{
    /// <summary>True if two jobs are the same run up to the same anchor.</summary>
    public static bool IsShared(in Job job, in Job other)
    {
        Recipe recipe = job.Timeline.Recipe;
        Recipe otherRecipe = other.Timeline.Recipe;
        return recipe.Length > 0
            && recipe.Length == otherRecipe.Length
            && job.Marks.IsEmpty
            && other.Marks.IsEmpty
            && job.Timeline.RootSeed == other.Timeline.RootSeed
            && recipe[^1].Count == otherRecipe[^1].Count
            && recipe.Steps[..^1].SequenceEqual(otherRecipe.Steps[..^1]);
    }

    /// <summary>The run up to the anchor, and number of its draws up to there; a number that no run reaches stays the largest.</summary>
    public static (Timeline Prefix, long Draws) Of(Timeline timeline)
    {
        ReadOnlySpan<Reseed> steps = timeline.Recipe.Steps;
        long draws = 0;
        foreach (Reseed step in steps)
        {
            draws = step.Count > long.MaxValue - draws ? long.MaxValue : draws + step.Count;
        }

        return (new Timeline(timeline.RootSeed, Recipe.Of(steps[..^1])), draws);
    }
}
