using System.Globalization;
using System.Text;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>How languages write characters in texts that would end the text or cannot be seen: what is compared after reading them stands in the input like this.</summary>
/// <param name="Name">Where it is used.</param>
/// <param name="Write">A byte as it is written, or null where it stands for itself.</param>
internal sealed record TextEscape(string Name, Func<byte, string?> Write)
{
    /// <summary>Those that are tried.</summary>
    public static IReadOnlyList<TextEscape> All { get; } =
    [
        new("strings of C, C# and JSON", Backslash),
        new("strings in single quotes", value => value == '\'' ? "\\'" : Backslash(value)),
        new("addresses and forms", value => char.IsAsciiLetterOrDigit((char)value) || value >= 0x80 || "-._~".Contains((char)value, StringComparison.Ordinal)
            ? null : "%" + value.ToString("X2", CultureInfo.InvariantCulture)),
        new("XML and HTML", value => (char)value switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '"' => "&quot;", '\'' => "&apos;", _ => null }),
        new("fields of CSV and strings of SQL", value => (char)value switch { '"' => "\"\"", '\'' => "''", _ => null }),
    ];

    /// <summary>A text as it is written.</summary>
    /// <returns>Null where it needs no escape.</returns>
    public byte[]? Encode(ReadOnlySpan<byte> text)
    {
        var written = new List<byte>(text.Length);
        bool isEscaped = false;
        foreach (byte value in text)
        {
            if (Write(value) is { } escaped)
            {
                written.AddRange(Encoding.ASCII.GetBytes(escaped));
                isEscaped = true;
            }
            else
            {
                written.Add(value);
            }
        }

        return isEscaped ? [.. written] : null;
    }

    private static string? Backslash(byte value) => (char)value switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\b' => @"\b",
        '\f' => @"\f",
        < ' ' => @"\u00" + value.ToString("x2", CultureInfo.InvariantCulture),
        _ => null,
    };
}
