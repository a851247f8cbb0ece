namespace Edgewise.Corpus.Merging;

/// <summary>Executes the inputs of a merge, in the process that may die of them.</summary>
public interface IMergeExecutor
{
    /// <summary>Executes an input. Whatever ends the process here is no matter: the merge goes on after the input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="features">Receives the features that it covers; their order and repetitions do not matter.</param>
    /// <param name="points">Receives the points that it covers, likewise.</param>
    void Execute(ReadOnlySpan<byte> input, ICollection<uint> features, ICollection<uint> points);
}
