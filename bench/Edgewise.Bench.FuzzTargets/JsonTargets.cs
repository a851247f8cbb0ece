using Edgewise.Annotations;
using Edgewise.Bench.Targets;
using Newtonsoft.Json;

namespace Edgewise.Bench.FuzzTargets;

/// <summary>Two parsers of JSON.</summary>
public static class JsonTargets
{
    /// <summary>The parser over bytes, which answers with a number.</summary>
    [FuzzTarget("mini-json")]
    public static void Mini(byte[] document) => MiniJson.Parse(document);

    /// <summary>All tokens by Newtonsoft.Json, which answers what is no JSON with an exception.</summary>
    [FuzzTarget("newtonsoft", MaxLength = 128)]
    [Expects(typeof(JsonException))]
    public static void Newtonsoft(string document)
    {
        using var reader = new JsonTextReader(new StringReader(document));
        while (reader.Read())
        {
        }
    }
}
