using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Links;

// Which links are cut.
public sealed partial class Network
{
    /// <summary>Cuts one direction: what is sent from now on is lost. What is under way arrives.</summary>
    public void CutOneWay(SimulatedProcess from, SimulatedProcess to) => LinkOf(from, to).IsCut = true;

    /// <summary>Cuts both directions.</summary>
    public void Cut(SimulatedProcess one, SimulatedProcess other)
    {
        CutOneWay(one, other);
        CutOneWay(other, one);
    }

    /// <summary>Cuts a process off from all others that there are now, in both directions.</summary>
    public void Isolate(SimulatedProcess process) => Partition([process]);

    /// <summary>Cuts all links between a group and the processes that are not in it.</summary>
    public void Partition(IReadOnlyCollection<SimulatedProcess> group)
    {
        foreach (SimulatedProcess inside in group)
        {
            foreach (SimulatedProcess other in _world.Processes)
            {
                if (!group.Contains(other))
                {
                    Cut(inside, other);
                }
            }
        }
    }

    /// <summary>Heals both directions.</summary>
    public void Heal(SimulatedProcess one, SimulatedProcess other)
    {
        LinkOf(one, other).IsCut = false;
        LinkOf(other, one).IsCut = false;
    }

    /// <summary>Heals all links of a process.</summary>
    public void Heal(SimulatedProcess process)
    {
        foreach (SimulatedProcess other in _world.Processes)
        {
            Heal(process, other);
        }
    }

    /// <summary>Heals all links.</summary>
    public void Heal()
    {
        foreach (SimulatedProcess process in _world.Processes)
        {
            Heal(process);
        }
    }

    /// <summary>Whether a message from one to the other would be lost for a partition.</summary>
    public bool IsCut(SimulatedProcess from, SimulatedProcess to) => LinkOf(from, to).IsCut;

    private static void CheckWorld(SimulatedProcess process, World world)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (process.World != world)
        {
            throw new ArgumentException($"process '{process.Name}' belongs to another world", nameof(process));
        }
    }

    private Link LinkOf(SimulatedProcess from, SimulatedProcess to)
    {
        CheckWorld(from, _world);
        CheckWorld(to, _world);
        return from.LinkTo(to);
    }
}
