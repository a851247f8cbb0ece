using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Formats;

/// <summary>A script in UTF-16 with a byte order mark, whose commands must come in the right order, one a line.</summary>
public static class Sessions
{
    private enum State
    {
        Closed,
        Greeted,
        Trusted,
        Loaded,
    }

    /// <summary>Plays a script.</summary>
    [FuzzTarget("format-sessions")]
    public static void Play(ReadOnlySpan<byte> script)
    {
        if (script.StartsWith(Encoding.Unicode.Preamble))
        {
            Play(Encoding.Unicode.GetString(script[2..]));
        }
        else if (script.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            Play(Encoding.BigEndianUnicode.GetString(script[2..]));
        }
    }

    private static void Play(string script)
    {
        State state = State.Closed;
        foreach (string command in script.Split('\n'))
        {
            switch (state)
            {
                case State.Closed when command == "connect":
                    state = State.Greeted;
                    break;
                case State.Greeted when command == "login":
                    state = State.Trusted;
                    break;
                case State.Trusted when command == "upload":
                    state = State.Loaded;
                    break;
                case State.Loaded when command == "commit":
                    throw new PuzzleSolvedException();
                default:
                    state = State.Closed;
                    break;
            }
        }
    }
}
