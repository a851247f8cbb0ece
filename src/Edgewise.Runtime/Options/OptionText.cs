namespace Edgewise.Runtime.Options;

/// <summary>Splits <c>name=value:name="other value"</c> as the sanitizers do: separators are white space, ',' and ':', quotes are ' and ".</summary>
internal static class OptionText
{
    /// <summary>The pairs in their order; the value is null where there is no '='.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="complain">Told of a quote that does not end; what follows it is the value all the same.</param>
    public static IEnumerable<(string Name, string? Value)> Split(string text, Action<string> complain)
    {
        int position = 0;
        while (true)
        {
            while (position < text.Length && IsSeparator(text[position]))
            {
                position++;
            }

            if (position == text.Length)
            {
                yield break;
            }

            int start = position;
            while (position < text.Length && text[position] != '=' && !IsSeparator(text[position]))
            {
                position++;
            }

            string name = text[start..position];
            string? value = null;
            if (position < text.Length && text[position] == '=')
            {
                position++;
                value = Value(text, name, ref position, complain);
            }

            yield return (name, value);
        }
    }

    private static string Value(string text, string name, ref int position, Action<string> complain)
    {
        int start = position;
        if (position < text.Length && text[position] is '\'' or '"')
        {
            int end = text.IndexOf(text[position], position + 1);
            if (end < 0)
            {
                complain($"{name}: the quote does not end");
                end = text.Length;
            }

            position = Math.Min(end + 1, text.Length);
            return text[(start + 1)..end];
        }

        while (position < text.Length && !IsSeparator(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    private static bool IsSeparator(char character) => character is ' ' or ',' or ':' or '\n' or '\t' or '\r';
}
