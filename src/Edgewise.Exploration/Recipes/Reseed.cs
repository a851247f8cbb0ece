using System.Globalization;

namespace Edgewise.Exploration.Recipes;

/// <summary>One step of a recipe: after <paramref name="Count"/> draws since the step before it, chance goes on from <paramref name="Seed"/>.</summary>
/// <param name="Count">Draws of the segment that the step ends; 0 or more.</param>
/// <param name="Seed">The seed of the segment that it begins.</param>
public readonly record struct Reseed(long Count, ulong Seed)
{
    /// <summary>The step as a recipe writes it, <c>count@seed</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}@{Seed}");
}
