namespace Edgewise.Bench.Timing;

/// <summary>One of several things that do the same work and are timed against each other.</summary>
/// <param name="Name">What the row of a table is called.</param>
/// <param name="Run">Does the work once; all contenders of a race return the same number.</param>
/// <param name="Counters">Memory that is cleared after each run, as a fuzzer does. May grow as the first runs load modules.</param>
internal sealed record Contender(string Name, Func<int> Run, IReadOnlyList<CounterSlice> Counters);
