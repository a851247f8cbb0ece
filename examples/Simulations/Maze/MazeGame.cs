using Edgewise.Annotations;
using Edgewise.Exploration.Randomness;

namespace Simulations.Maze;

/// <summary>
/// Four locks, each behind five gates that open with one chance in twenty; some locks can only be tried when others are open. Luck alone opens all of
/// them once in 10^26 tries.
/// </summary>
public sealed class MazeGame(RandomSource random)
{
    private const double GateChance = 0.05;
    private const int Gates = 5;
    private const int AllLocks = 0b1111;
    private const int MostSteps = 500;

    private int _locks;

    /// <summary>Walks until all locks are open or the steps are used up.</summary>
    /// <returns>True if all locks are open.</returns>
    public bool Run()
    {
        for (int step = 0; step < MostSteps; step++)
        {
            // A step of the walker itself, which decides nothing.
            random.Next();
            if (!IsOpen(0))
            {
                Try(0);
            }

            if (IsOpen(0) && !IsOpen(1))
            {
                Try(1);
            }

            if (!IsOpen(2))
            {
                Try(2);
            }

            if (IsOpen(0) && IsOpen(2) && !IsOpen(3))
            {
                Try(3);
            }

            if (_locks == AllLocks)
            {
                Property.Sometimes(true, "all locks open");
                return true;
            }
        }

        return false;
    }

    private bool IsOpen(int number) => (_locks & (1 << number)) != 0;

    private void Try(int number)
    {
        int open = int.PopCount(_locks);
        for (int depth = 1; depth <= Gates; depth++)
        {
            Property.SometimesEach("gate", [("lock", number), ("depth", depth), ("locks", open)]);
            if (random.NextDouble() >= GateChance)
            {
                return;
            }
        }

        _locks |= 1 << number;
        Property.SometimesEach("lock opens", [("lock", number), ("locks", open)]);
    }
}
