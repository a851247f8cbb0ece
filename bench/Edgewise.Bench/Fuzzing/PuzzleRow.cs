namespace Edgewise.Bench.Fuzzing;

/// <summary>One puzzle with the outcomes of all its campaigns.</summary>
/// <param name="Puzzle">Its name.</param>
/// <param name="Outcomes">One a seed, in the order of the seeds.</param>
/// <param name="Peer">What libFuzzer needed; null where it never tried.</param>
internal sealed record PuzzleRow(string Puzzle, IReadOnlyList<PuzzleOutcome> Outcomes, PuzzlePeer? Peer)
{
    /// <summary>The most executions that it took; null where a campaign did not solve it.</summary>
    public long? Worst => Outcomes.Any(outcome => outcome.Executions is null) ? null : Outcomes.Max(outcome => outcome.Executions);

    /// <summary>The median; a campaign that did not solve it counts as endless.</summary>
    public long? Median => Outcomes.Select(outcome => outcome.Executions ?? long.MaxValue).Order().ElementAt(Outcomes.Count / 2) is var median && median == long.MaxValue ? null : median;

    /// <summary>The longest campaign.</summary>
    public TimeSpan Longest => Outcomes.Max(outcome => outcome.Time);
}
