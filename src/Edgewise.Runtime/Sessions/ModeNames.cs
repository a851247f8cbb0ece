namespace Edgewise.Runtime.Sessions;

/// <summary>Names of modes on command lines.</summary>
public static class ModeNames
{
    /// <summary>All of them, for messages.</summary>
    public const string Known = "pc, cmp, uniq-pc, uniq-edge, uniq-cmp, 'uniq-pc,uniq-edge', or 0, 1, 2, 4, 8, 6";

    /// <summary>The modes that a text names, joined by comma, or by their number; null where a session would refuse them.</summary>
    public static TraceModes? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        TraceModes? modes = int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? (TraceModes)number
            : Unite(text);
        return modes is { } known && ModeRules.Recording(known, isExtended: false) is not null ? modes : null;
    }

    private static TraceModes? Unite(string text)
    {
        TraceModes modes = 0;
        foreach (string name in text.Split(','))
        {
            TraceModes? mode = name switch
            {
                "pc" when text == name => TraceModes.TracePc,
                "cmp" => TraceModes.TraceCmp,
                "uniq-pc" => TraceModes.UniqPc,
                "uniq-edge" => TraceModes.UniqEdge,
                "uniq-cmp" => TraceModes.UniqCmp,
                _ => null,
            };
            if (mode is null)
            {
                return null;
            }

            modes |= mode.Value;
        }

        return modes;
    }
}
