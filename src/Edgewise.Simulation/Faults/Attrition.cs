using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Faults;

/// <summary>Wears down processes at random times: crashes, shutdowns and partitions, each healed after a while.</summary>
internal sealed class Attrition(World world, AttritionOptions options, IReadOnlyList<SimulatedProcess> processes)
{
    private readonly List<SimulatedProcess> _away = [];
    private bool _isOver;

    /// <summary>Begins; the first fault comes after a tick at the earliest.</summary>
    public void Start()
    {
        // Of the simulation itself, whoever calls: a process that crashes must not take its own end with it.
        world.PostCall(static attrition => _ = ((Attrition)attrition!).RunAsync(), this, world.MainContext);
    }

    /// <summary>Ends at once; processes that do not run start again. Links are the caller's to heal.</summary>
    public void Stop()
    {
        _isOver = true;
        foreach (SimulatedProcess process in _away)
        {
            if (!process.IsRunning || process.IsAskedToEnd)
            {
                process.Restart();
            }
        }

        _away.Clear();
    }

    private async Task RunAsync()
    {
        double harm = options.Tick / options.MeanPause;
        double recovery = options.Tick / options.MeanRecovery;
        await world.Delay(options.Tick);
        while (!_isOver)
        {
            // Backwards, since one that recovers leaves the list.
            for (int i = _away.Count - 1; i >= 0; i--)
            {
                if (world.Random.Chance(recovery))
                {
                    Recover(_away[i]);
                }
            }

            if (_away.Count < Math.Min(options.MostAway, processes.Count) && world.Random.Chance(harm))
            {
                Harm();
            }

            await world.Delay(options.Tick);
        }
    }

    private void Harm()
    {
        if (ChooseFault() is not { } fault)
        {
            return;
        }

        SimulatedProcess victim = ChooseVictim();
        _away.Add(victim);
        switch (fault)
        {
            case FaultFamily.Crashes:
                victim.Crash();
                break;
            case FaultFamily.Shutdowns:
                _ = victim.ShutdownAsync(options.Grace);
                break;
            case FaultFamily.Partitions:
                world.Network.Isolate(victim);
                break;
            default:
                CutOneWay(victim, hears: world.Random.Chance(0.5));
                break;
        }
    }

    private void Recover(SimulatedProcess victim)
    {
        // One that is still ending is left alone until it has.
        if (victim.IsAskedToEnd)
        {
            return;
        }

        if (victim.IsRunning)
        {
            world.Network.Heal(victim);
        }
        else
        {
            victim.Restart();
        }

        _away.Remove(victim);
    }

    private void CutOneWay(SimulatedProcess victim, bool hears)
    {
        foreach (SimulatedProcess other in world.Processes)
        {
            if (other != victim)
            {
                world.Network.CutOneWay(hears ? victim : other, hears ? other : victim);
            }
        }
    }

    // By weight among the families that the run has; null if it has none.
    private FaultFamily? ChooseFault()
    {
        ReadOnlySpan<(FaultFamily Family, int Weight)> all =
        [
            (FaultFamily.Crashes, options.CrashWeight),
            (FaultFamily.Shutdowns, options.ShutdownWeight),
            (FaultFamily.Partitions, options.PartitionWeight),
            (FaultFamily.OneWayPartitions, options.OneWayPartitionWeight),
        ];
        int sum = 0;
        foreach ((FaultFamily family, int weight) in all)
        {
            sum += world.Faults.Has(family) ? weight : 0;
        }

        if (sum == 0)
        {
            return null;
        }

        int place = world.Random.Below(sum);
        foreach ((FaultFamily family, int weight) in all)
        {
            place -= world.Faults.Has(family) ? weight : 0;
            if (place < 0)
            {
                return family;
            }
        }

        return null;
    }

    private SimulatedProcess ChooseVictim()
    {
        int place = world.Random.Below(processes.Count - _away.Count);
        foreach (SimulatedProcess process in processes)
        {
            if (!_away.Contains(process) && place-- == 0)
            {
                return process;
            }
        }

        throw new InvalidOperationException("there are fewer processes than were counted");
    }
}
