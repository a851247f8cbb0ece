using System.Collections.Frozen;
using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Formats;

/// <summary>A line of an administrator: a verb out of a table, a space, an argument that depends on the verb.</summary>
public static class Orders
{
    private enum Verb
    {
        Archive,
        Pause,
        Promote,
        Resume,
        Retire,
    }

    private static readonly FrozenDictionary<string, Verb> Verbs = Enum.GetValues<Verb>().ToFrozenDictionary(verb => verb.ToString().ToLowerInvariant());

    /// <summary>Carries an order out.</summary>
    [FuzzTarget("format-orders")]
    public static void Execute(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !Verbs.TryGetValue(line[..space], out Verb verb))
        {
            return;
        }

        string argument = line[(space + 1)..];
        switch (verb)
        {
            case Verb.Pause when argument == "all":
                Sink.Number = 1;
                break;
            case Verb.Resume:
                Sink.Number = 0;
                break;
            case Verb.Retire when int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int machine) && machine == 7341:
                throw new PuzzleSolvedException();
            default:
                break;
        }
    }
}
