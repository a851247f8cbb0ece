using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Faults;

/// <summary>
/// What goes wrong in a run. A simulation begins chaos with the faults it wants, and ends it; then everything heals, so that it can be asked whether the
/// system recovers.
/// </summary>
public sealed class FaultPlan
{
    private readonly World _world;
    private ulong _families;
    private LinkOptions? _linksBefore;
    private Attrition? _attrition;

    internal FaultPlan(World world) => _world = world;

    /// <summary>Chaos has begun and not ended.</summary>
    public bool IsChaos { get; private set; }

    /// <summary>Fault points and knobs. They are in play from the start, whether chaos begins or not.</summary>
    internal BuggifyPoints Points { get; } = new();

    /// <summary>Whether this run has faults of a family; false without chaos.</summary>
    public bool Has(FaultFamily family) => IsChaos && (_families & (1UL << (int)family)) != 0;

    /// <summary>
    /// Begins chaos: draws which families this run has (one draw, if the swarm is on), changes the links accordingly, and wears down processes.
    /// </summary>
    /// <param name="options">What may go wrong.</param>
    /// <param name="processes">Which processes the options' attrition wears down; without it, none.</param>
    /// <exception cref="InvalidOperationException">Chaos has begun already.</exception>
    public void BeginChaos(FaultOptions options, params IReadOnlyList<SimulatedProcess> processes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(processes);
        if (IsChaos)
        {
            throw new InvalidOperationException("chaos has begun already: end it first");
        }

        IsChaos = true;
        _families = options.Swarm ? _world.Random.Next() : ulong.MaxValue;
        Points.CanFire = Has(FaultFamily.Buggify);
        Points.CanTurn = Has(FaultFamily.Knobs);
        _linksBefore = _world.Network.Options;
        _world.Network.Options = _linksBefore with
        {
            Loss = Has(FaultFamily.Loss) ? options.Loss : 0,
            Duplication = Has(FaultFamily.Duplication) ? options.Duplication : 0,
            Reordering = Has(FaultFamily.Reordering) ? options.Reordering : 0,
            Latency = Has(FaultFamily.SlowLinks) && options.SlowLinks is { } slow ? slow : _linksBefore.Latency,
        };
        if (options.Attrition is { } wear && processes.Count > 0)
        {
            _attrition = new Attrition(_world, wear, processes);
            _attrition.Start();
        }
    }

    /// <summary>Ends chaos: links are as before and healed, processes that attrition ended start again, fault points fire no more. Nothing happens without chaos.</summary>
    public void EndChaos()
    {
        if (!IsChaos)
        {
            return;
        }

        IsChaos = false;
        Points.CanFire = false;
        Points.CanTurn = false;
        _world.Network.Options = _linksBefore!;
        _world.Network.Heal();
        _attrition?.Stop();
        _attrition = null;
    }
}
