namespace Edgewise.Instrumentation.Selection;

/// <summary>
/// A glob as LLVM reads it: <c>*</c> any characters, <c>?</c> one, <c>[a-z]</c> and <c>[^a-z]</c> one of a class, <c>{a,b}</c> alternatives,
/// <c>\</c> takes the next character as it is. It matches whole strings; <c>*</c> and <c>?</c> match separators too.
/// </summary>
/// <remarks>Where LLVM matches bytes, this matches UTF-16 characters.</remarks>
internal sealed class GlobPattern : IPattern
{
    private enum Kind : byte
    {
        Literal,
        AnyOne,
        AnyMany,
        Class,
    }

    private readonly record struct Element(Kind Kind, char Literal, CharacterClass? Class);

    private readonly List<Element[]> _alternatives = [];

    /// <summary>Compiles a glob.</summary>
    /// <exception cref="FormatException">The glob is malformed; the message says how.</exception>
    public GlobPattern(string glob)
    {
        foreach (string alternative in BraceExpansion.Expand(glob))
        {
            _alternatives.Add(Compile(alternative));
        }
    }

    /// <inheritdoc/>
    public bool Matches(string text)
    {
        foreach (Element[] alternative in _alternatives)
        {
            if (Matches(alternative, text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Index of the <c>]</c> that ends the class begun at <paramref name="start"/>; a <c>]</c> right behind the <c>[</c> is one of the class.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal static int EndOfClass(string glob, int start)
    {
        int end = start + 2 <= glob.Length ? glob.IndexOf(']', start + 2) : -1;
        return end >= 0 ? end : throw new FormatException("'[' has no ']'");
    }

    private static Element[] Compile(string glob)
    {
        List<Element> elements = new(glob.Length);
        for (int i = 0; i < glob.Length; i++)
        {
            switch (glob[i])
            {
                case '*':
                    elements.Add(new Element(Kind.AnyMany, '\0', null));
                    break;
                case '?':
                    elements.Add(new Element(Kind.AnyOne, '\0', null));
                    break;
                case '[':
                    int end = EndOfClass(glob, i);
                    elements.Add(new Element(Kind.Class, '\0', new CharacterClass(glob[(i + 1)..end])));
                    i = end;
                    break;
                case '\\' when i + 1 == glob.Length:
                    throw new FormatException("'\\' stands at the end; it needs the character that it escapes");
                case '\\':
                    elements.Add(new Element(Kind.Literal, glob[++i], null));
                    break;
                default:
                    elements.Add(new Element(Kind.Literal, glob[i], null));
                    break;
            }
        }

        return [.. elements];
    }

    // Only the last '*' ever needs to be tried again: whatever an earlier one matched, the segment behind it was found as far left as it goes.
    private static bool Matches(Element[] pattern, string text)
    {
        int p = 0, t = 0, segment = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p].Kind == Kind.AnyMany)
            {
                segment = ++p;
                retry = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p], text[t]))
            {
                p++;
                t++;
            }
            else if (segment < 0)
            {
                return false;
            }
            else
            {
                p = segment;
                t = ++retry;
            }
        }

        while (p < pattern.Length && pattern[p].Kind == Kind.AnyMany)
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool MatchesOne(Element element, char character) => element.Kind switch
    {
        Kind.Literal => element.Literal == character,
        Kind.AnyOne => true,
        _ => element.Class!.Contains(character),
    };
}
