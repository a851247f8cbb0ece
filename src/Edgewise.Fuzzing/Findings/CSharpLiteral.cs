using System.Text;

namespace Edgewise.Fuzzing.Findings;

/// <summary>Bytes as C# writes them.</summary>
public static class CSharpLiteral
{
    private const byte FirstPrintable = 0x20;
    private const byte LastPrintable = 0x7E;

    /// <summary>A literal of type <c>ReadOnlySpan&lt;byte&gt;</c>: a UTF-8 string where all is ASCII, else a list.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (HasOther(bytes))
        {
            var list = new StringBuilder("[");
            foreach (byte value in bytes)
            {
                list.Append(list.Length > 1 ? ", " : "").Append("0x").Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }

            return list.Append(']').ToString();
        }

        var text = new StringBuilder("\"");
        foreach (byte value in bytes)
        {
            text.Append((char)value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                char character => character.ToString(),
            });
        }

        return text.Append("\"u8").ToString();
    }

    private static bool HasOther(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is (< FirstPrintable or > LastPrintable) and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return true;
            }
        }

        return false;
    }
}
