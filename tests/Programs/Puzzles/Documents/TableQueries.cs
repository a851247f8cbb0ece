using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Documents;

/// <summary>A query of one table in the manner of SQL: conditions over columns, joined by <c>and</c> and by <c>or</c>, which binds less.</summary>
public static class TableQueries
{
    private const int ConditionWords = 3;

    private static readonly Ship[] Ships =
    [
        new("Aurora", "fi", 92, 1961),
        new("Bonito", "pt", 118, 1987),
        new("Corsair", "nl", 140, 1974),
        new("Dorado", "nl", 176, 2003),
        new("Estrela", "pt", 201, 1969),
        new("Fulmar", "nl", 233, 1992),
    ];

    private sealed record Ship(string Name, string Flag, int Length, int Built);

    /// <summary>Runs a query, which must find two of the ships and no other.</summary>
    [FuzzTarget("document-query")]
    public static void Run(string query)
    {
        string[] words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["select", "ships", "where", .. var clause] || clause.Length % (ConditionWords + 1) != ConditionWords)
        {
            return;
        }

        List<List<Predicate<Ship>>> alternatives = [[]];
        for (int i = 0; i < clause.Length; i += ConditionWords + 1)
        {
            if (i > 0 && clause[i - 1] == "or")
            {
                alternatives.Add([]);
            }
            else if (i > 0 && clause[i - 1] != "and")
            {
                return;
            }

            if (ReadCondition(clause[i], clause[i + 1], clause[i + 2]) is not { } condition)
            {
                return;
            }

            alternatives[^1].Add(condition);
        }

        IEnumerable<string> found = Ships.Where(ship => alternatives.Exists(all => all.TrueForAll(condition => condition(ship)))).Select(ship => ship.Name);
        if (found.SequenceEqual(["Corsair", "Fulmar"]))
        {
            throw new PuzzleSolvedException();
        }
    }

    private static Predicate<Ship>? ReadCondition(string column, string comparison, string value) => column switch
    {
        "flag" => ReadTextCondition(ship => ship.Flag, comparison, value),
        "length" => ReadNumberCondition(ship => ship.Length, comparison, value),
        "built" => ReadNumberCondition(ship => ship.Built, comparison, value),
        _ => null,
    };

    private static Predicate<Ship>? ReadTextCondition(Func<Ship, string> column, string comparison, string value) => (comparison, value) switch
    {
        ("=", ['\'', .. var text, '\'']) => ship => column(ship) == text,
        ("<>", ['\'', .. var text, '\'']) => ship => column(ship) != text,
        _ => null,
    };

    private static Predicate<Ship>? ReadNumberCondition(Func<Ship, int> column, string comparison, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return null;
        }

        return comparison switch
        {
            "=" => ship => column(ship) == number,
            "<" => ship => column(ship) < number,
            ">" => ship => column(ship) > number,
            _ => null,
        };
    }
}
