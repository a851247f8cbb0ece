namespace Edgewise.Exploration.Randomness;

/// <summary>Is told of draws: to find the exact draw at which an edge was first taken, to compare two runs draw by draw, or to fork at an anchor.</summary>
public interface IDrawObserver
{
    /// <summary>A draw is about to be made, behind <see cref="RandomSource.Count"/> others of its segment. A reseed that stands here was carried out.</summary>
    /// <param name="source">The source; it may be reseeded here.</param>
    /// <param name="bound">What <see cref="RandomSource.Below"/> was asked for; 0 for a draw of 64 bits.</param>
    void BeforeDraw(RandomSource source, int bound);
}
