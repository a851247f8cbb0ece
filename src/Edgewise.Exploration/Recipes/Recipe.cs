using System.Globalization;

namespace Edgewise.Exploration.Recipes;

/// <summary>
/// The reseeds that lead to a timeline, in order: <c>151@8836 -> 80@12</c>. There is no limit to their number. Immutable; equal if all steps are.
/// </summary>
public sealed class Recipe : IEquatable<Recipe>
{
    private const string Separator = " -> ";

    private readonly Reseed[] _steps;

    private Recipe(Reseed[] steps) => _steps = steps;

    /// <summary>The recipe of a root timeline: no reseed. It is written as nothing.</summary>
    public static Recipe Empty { get; } = new([]);

    /// <summary>Number of steps.</summary>
    public int Length => _steps.Length;

    /// <summary>Step <paramref name="index"/>, from 0.</summary>
    public Reseed this[int index] => _steps[index];

    /// <summary>The steps.</summary>
    public ReadOnlySpan<Reseed> Steps => _steps;

    /// <summary>Makes a recipe of steps.</summary>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static Recipe Of(params ReadOnlySpan<Reseed> steps)
    {
        foreach (Reseed step in steps)
        {
            if (step.Count < 0)
            {
                throw new ArgumentException($"a reseed stands after 0 or more draws, not {step.Count}", nameof(steps));
            }
        }

        return steps.IsEmpty ? Empty : new Recipe(steps.ToArray());
    }

    /// <summary>The first <paramref name="length"/> steps, and one more.</summary>
    public Recipe Then(int length, Reseed step)
    {
        var steps = new Reseed[length + 1];
        _steps.AsSpan(0, length).CopyTo(steps);
        steps[length] = step;
        return Of(steps);
    }

    /// <summary>Draws of all segments before a segment, from 0.</summary>
    public long DrawsBefore(int segment)
    {
        long draws = 0;
        foreach (Reseed step in _steps.AsSpan(0, segment))
        {
            draws += step.Count;
        }

        return draws;
    }

    /// <summary>Reads a recipe as <see cref="ToString"/> writes it; blanks around steps are allowed.</summary>
    /// <exception cref="FormatException">The text is no recipe; the message says which step, where it begins, and what was expected.</exception>
    public static Recipe Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return Empty;
        }

        var steps = new List<Reseed>();
        int start = 0;
        while (true)
        {
            int end = text.IndexOf(Separator.Trim(), start, StringComparison.Ordinal);
            steps.Add(ParseStep(text, start, end < 0 ? text.Length : end, steps.Count + 1));
            if (end < 0)
            {
                return new Recipe([.. steps]);
            }

            start = end + Separator.Trim().Length;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(Separator, _steps);

    /// <inheritdoc/>
    public bool Equals(Recipe? other) => other is not null && _steps.AsSpan().SequenceEqual(other._steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Recipe);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (Reseed step in _steps)
        {
            hash.Add(step);
        }

        return hash.ToHashCode();
    }

    private static Reseed ParseStep(string text, int start, int end, int number)
    {
        ReadOnlySpan<char> step = text.AsSpan(start, end - start).Trim();
        string where = $"recipe, step {number} at character {start + 1}, '{step}'";
        int at = step.IndexOf('@');
        if (at < 0)
        {
            throw new FormatException($"{where}: expected count@seed, as in 151@8836");
        }

        if (!long.TryParse(step[..at], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            throw new FormatException($"{where}: expected a count of draws before '@', a whole number from 0 to {long.MaxValue}");
        }

        if (!ulong.TryParse(step[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            throw new FormatException($"{where}: expected a seed behind '@', a whole number from 0 to {ulong.MaxValue}");
        }

        return new Reseed(count, seed);
    }
}
