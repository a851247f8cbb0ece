using System.Text;

namespace Edgewise.Bench.Targets;

/// <summary>The two documents that the parsers are measured with.</summary>
public static class JsonDocuments
{
    /// <summary>77 bytes with every kind of value: about what a fuzzer's input looks like.</summary>
    public static byte[] Small { get; } = Encoding.UTF8.GetBytes(
        """{"a":1,"b":[true,false,null,{"c":"d\n\u0041"}],"n":-12.5e3,"s":"hello world"}""");

    /// <summary>About 3.5 kB: an indented list of records, with every kind of value and escape.</summary>
    public static byte[] Large { get; } = Encoding.UTF8.GetBytes(MakeLarge());

    /// <summary>An array of one document, several times.</summary>
    public static byte[] ArrayOf(byte[] document, int count)
    {
        List<byte> array = [(byte)'['];
        for (int i = 0; i < count; i++)
        {
            array.AddRange(i == 0 ? [] : ","u8);
            array.AddRange(document);
        }

        array.Add((byte)']');
        return [.. array];
    }

    private static string MakeLarge()
    {
        StringBuilder text = new("[\n");
        for (int i = 0; i < 12; i++)
        {
            text.Append(i == 0 ? "" : ",\n")
                .Append("  {\n    \"index\": ").Append(i)
                .Append(",\n    \"guid\": \"6b1e4f0").Append(i * 7919)
                .Append("-92ac\",\n    \"active\": ").Append(i % 2 == 0 ? "true" : "false")
                .Append(",\n    \"balance\": -").Append((i * 1031) + 17).Append(".25e+2")
                .Append(",\n    \"parent\": ").Append(i % 3 == 0 ? "null" : "0")
                .Append(",\n    \"about\": \"Gr\u00fc\u00dfe, \\\"quoted\\\"\\n and a line of plain text that goes on\"")
                .Append(",\n    \"tags\": [\"x").Append(i).Append("\", \"\\u0041\\u00e9\", \"longer tag\"],\n    \"nested\": {\"a\": [], \"b\": {}}\n  }");
        }

        return text.Append("\n]\n").ToString();
    }
}
