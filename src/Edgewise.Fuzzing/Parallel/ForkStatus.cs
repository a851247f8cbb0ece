namespace Edgewise.Fuzzing.Parallel;

/// <summary>How far a forked campaign is, after one of its jobs.</summary>
/// <param name="Job">Number of the job, from 1.</param>
/// <param name="Executions">Executions of all jobs.</param>
/// <param name="Points">Points that they saw together.</param>
/// <param name="Features">Features that they saw together.</param>
/// <param name="Entries">Entries of the corpus.</param>
/// <param name="Rate">Executions a second of this job.</param>
/// <param name="OutOfMemory">Findings of that kind.</param>
/// <param name="Timeouts">Findings of that kind.</param>
/// <param name="Crashes">Findings of that kind.</param>
/// <param name="Elapsed">Time since the campaign began.</param>
public sealed record ForkStatus(int Job, long Executions, int Points, int Features, int Entries, long Rate, int OutOfMemory, int Timeouts, int Crashes, TimeSpan Elapsed);
