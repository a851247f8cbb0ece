namespace Edgewise.Bench.Fuzzing;

/// <summary>How one campaign against a puzzle went.</summary>
/// <param name="Executions">Executions until it was solved, those of the compares image among them; null where the limit came first.</param>
/// <param name="CompareExecutions">How many executions the compares image had.</param>
/// <param name="Time">Time of the campaign alone: loading the target is no part of it.</param>
/// <param name="Covered">Points that were reached, solved or not.</param>
/// <param name="Entries">Entries of the corpus in the end.</param>
internal readonly record struct PuzzleOutcome(long? Executions, long CompareExecutions, TimeSpan Time, int Covered, int Entries);
