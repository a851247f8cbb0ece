using Edgewise.Annotations;

namespace Puzzles.Further;

/// <summary>Letters that mean something else after each other letter.</summary>
public static class States
{
    private enum State
    {
        Closed,
        Open,
        Begun,
        Written,
        Flushed,
        Prepared,
        Committed,
    }

    /// <summary>The commands of a transaction, a letter each; one that does not fit the state closes the session.</summary>
    [FuzzTarget("further-states")]
    public static void Transaction(ReadOnlySpan<byte> input)
    {
        State state = State.Closed;
        foreach (byte letter in input)
        {
            state = Next(state, letter);
            if (state == State.Committed)
            {
                throw new PuzzleSolvedException();
            }
        }
    }

    private static State Next(State state, byte letter) => (state, (char)letter) switch
    {
        (State.Closed, 'o') => State.Open,
        (State.Open, 'b') => State.Begun,
        (State.Begun or State.Written or State.Flushed, 'w') => State.Written,
        (State.Begun or State.Written or State.Prepared, 'r') => State.Open,
        (State.Written, 'f') => State.Flushed,
        (State.Flushed, 'p') => State.Prepared,
        (State.Prepared, 'c') => State.Committed,
        _ => State.Closed,
    };
}
