using System.Globalization;

namespace Edgewise.Exploration.Recipes;

/// <summary>One complete run: everything that happens in it follows from a root seed and a recipe.</summary>
/// <param name="RootSeed">The seed that the run begins with.</param>
/// <param name="Recipe">Where it goes on from other seeds.</param>
public readonly record struct Timeline(ulong RootSeed, Recipe Recipe)
{
    /// <summary>The root seed, and the recipe where there is one.</summary>
    public override string ToString() =>
        Recipe.Length == 0 ? RootSeed.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{RootSeed}: {Recipe}");
}
