namespace Edgewise.Feedback;

/// <summary>How the novelty of several maps, or parts of one, goes together.</summary>
public static class NoveltyExtensions
{
    /// <summary>The stronger of two, so that what one part of a map has does not hide what another has.</summary>
    public static Novelty Or(this Novelty left, Novelty right) => left > right ? left : right;
}
