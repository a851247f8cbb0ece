namespace Edgewise.Bench;

/// <summary>Figures that are taken together, in one run.</summary>
/// <param name="Name">What the command line selects it by.</param>
/// <param name="Measure">Takes the figures; where a part cannot run here, it reports a line that says what is missing.</param>
internal sealed record BenchmarkGroup(string Name, Func<BenchOptions, Action<string>, IEnumerable<Measurement>> Measure);
