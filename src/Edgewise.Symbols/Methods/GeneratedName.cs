namespace Edgewise.Symbols.Methods;

/// <summary>The parts of a name that a compiler made up, such as <c>&lt;Pay&gt;b__5_0</c> (C#) or <c>_Lambda$__5-0</c> (Visual Basic).</summary>
/// <remarks>C# writes <c>&lt;user's name&gt;kind…</c>; the kinds are listed in Roslyn's GeneratedNameKind. The user's name may hold angle brackets itself.</remarks>
/// <param name="UserName">What stands between the outermost angle brackets; empty where nothing does.</param>
/// <param name="Kind">The character behind them, or <c>\0</c>.</param>
internal readonly record struct GeneratedName(string UserName, char Kind)
{
    private const char Lambda = 'b', LocalFunction = 'g', FileLocalType = 'F';

    /// <summary>True for the body of a lambda or a local function, which belongs to the method of the name <see cref="UserName"/>.</summary>
    public bool IsNestedBody => Kind is Lambda or LocalFunction;

    /// <summary>Takes a name apart.</summary>
    /// <returns>False where it is no generated name.</returns>
    public static bool TryParse(string name, out GeneratedName generated)
    {
        generated = default;
        if (name.StartsWith("_Lambda$__", StringComparison.Ordinal))
        {
            generated = new GeneratedName("", Lambda);
            return true;
        }

        int end = EndOfBrackets(name);
        if (end < 0)
        {
            return false;
        }

        generated = new GeneratedName(name[1..end], end + 1 < name.Length ? name[end + 1] : '\0');
        return true;
    }

    /// <summary>True for a type that no user wrote: a closure, a state machine, the holder of an extension block. A file-local type is the user's.</summary>
    public static bool IsGeneratedType(string name) =>
        name.StartsWith("_Closure$__", StringComparison.Ordinal)
        || name.StartsWith("VB$StateMachine_", StringComparison.Ordinal)
        || (TryParse(name, out GeneratedName generated) && generated.Kind != FileLocalType);

    private static int EndOfBrackets(string name)
    {
        if (name.Length == 0 || name[0] != '<')
        {
            return -1;
        }

        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            depth += name[i] == '<' ? 1 : name[i] == '>' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
