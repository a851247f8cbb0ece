namespace Edgewise.Instrumentation.Selection;

/// <summary>The characters between <c>[</c> and <c>]</c> of a glob: single ones and ranges, or all but those after <c>^</c> or <c>!</c>.</summary>
internal sealed class CharacterClass
{
    private readonly bool _inverted;
    private readonly List<(char First, char Last)> _ranges = [];

    /// <summary>Reads what stands between the brackets, for example <c>a-z_</c> or <c>^0-9</c>.</summary>
    /// <exception cref="FormatException">A range runs backwards.</exception>
    public CharacterClass(string text)
    {
        ReadOnlySpan<char> rest = text;
        if (rest.Length > 0 && rest[0] is '^' or '!')
        {
            _inverted = true;
            rest = rest[1..];
        }

        while (rest.Length > 0)
        {
            bool isRange = rest.Length >= 3 && rest[1] == '-';
            char first = rest[0], last = isRange ? rest[2] : first;
            if (first > last)
            {
                throw new FormatException($"the range '{first}-{last}' runs backwards");
            }

            _ranges.Add((first, last));
            rest = rest[(isRange ? 3 : 1)..];
        }
    }

    /// <summary>True if the class has <paramref name="character"/>.</summary>
    public bool Contains(char character)
    {
        foreach ((char first, char last) in _ranges)
        {
            if (character >= first && character <= last)
            {
                return !_inverted;
            }
        }

        return _inverted;
    }
}
