using System.Text;
using Edgewise.Corpus.Merging;

namespace Edgewise.Tests.Corpus;

/// <summary>Stands in for a target: knows what each input shows, and dies of those that it does not know.</summary>
internal sealed class TableExecutor(Dictionary<string, (uint[] Features, uint[] Points)> table) : IMergeExecutor
{
    /// <summary>What libFuzzer 14 saw of the inputs of <c>Golden/merge.txt</c>; the input "X" calls abort.</summary>
    public static TableExecutor OfGolden { get; } = new(new()
    {
        ["a"] = ([88, 72, 24, 0, 72], [0, 3, 9, 11]),
        ["zz"] = ([0, 16, 72, 118, 120], [0, 2, 9, 14, 15]),
        ["ab"] = ([0, 40, 72, 96], [0, 5, 9, 12]),
        ["\u0005z"] = ([0, 16, 72, 115, 120], [15, 14, 9, 2, 0]),
        ["abc"] = ([0, 56, 72, 96], [0, 7, 9, 12]),
        ["abcd"] = ([0, 56, 72, 96], [0, 7, 9, 12]),
    });

    /// <summary>Inputs that were executed.</summary>
    public List<string> Executed { get; } = [];

    public void Execute(ReadOnlySpan<byte> input, ICollection<uint> features, ICollection<uint> points)
    {
        string text = Encoding.UTF8.GetString(input);
        Executed.Add(text);
        if (!table.TryGetValue(text, out var shown))
        {
            throw new DeathException();
        }

        Array.ForEach(shown.Features, features.Add);
        Array.ForEach(shown.Points, points.Add);
    }

    /// <summary>The end of a process.</summary>
    internal sealed class DeathException : Exception;
}
