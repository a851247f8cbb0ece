using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Time;

/// <summary>What stopwatches show that were used in a world. Each has its state beside it, since its own is the framework's.</summary>
internal static class SimulatedStopwatches
{
    private static readonly ConditionalWeakTable<Stopwatch, State> All = [];

    /// <summary>The state of a stopwatch if a world runs on this thread; null outside of one.</summary>
    public static State? Find(Stopwatch stopwatch)
    {
        if (World.Current is not { } world)
        {
            return null;
        }

        if (!All.TryGetValue(stopwatch, out State? state) || state.World != world)
        {
            state = new State(world);
            All.AddOrUpdate(stopwatch, state);
        }

        return state;
    }

    /// <summary>One stopwatch in one world.</summary>
    internal sealed class State(World world)
    {
        private TimeSpan _before;
        private TimeSpan _startedAt;

        /// <summary>The world.</summary>
        public World World => world;

        /// <summary>It runs.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>What it shows.</summary>
        public TimeSpan Elapsed => IsRunning ? _before + world.Elapsed - _startedAt : _before;

        /// <summary>Lets it run.</summary>
        public void Start()
        {
            if (!IsRunning)
            {
                _startedAt = world.Elapsed;
                IsRunning = true;
            }
        }

        /// <summary>Halts it.</summary>
        public void Stop()
        {
            _before = Elapsed;
            IsRunning = false;
        }

        /// <summary>Halts it at zero.</summary>
        public void Reset()
        {
            _before = TimeSpan.Zero;
            IsRunning = false;
        }
    }
}
