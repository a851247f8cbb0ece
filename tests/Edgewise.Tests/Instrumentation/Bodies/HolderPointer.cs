using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Runtime;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>A field of the holder that probes begin with.</summary>
/// <param name="Feature">Name of the feature's first field, for example <c>Counters</c>.</param>
/// <param name="Point">The point that it points to.</param>
/// <param name="BytesPerPoint">Distance from there to the next point's.</param>
internal readonly record struct HolderPointer(string Feature, int Point, int BytesPerPoint)
{
    private const int PointsPerBase = 256;

    /// <summary>The holder's fields by token; empty in an image without a holder.</summary>
    public static Dictionary<int, HolderPointer> Of(MetadataReader reader)
    {
        var pointers = new Dictionary<int, HolderPointer>();
        TypeDefinition last = reader.GetTypeDefinition(reader.TypeDefinitions.Last());
        if (reader.GetString(last.Name) != Registration.HolderName)
        {
            return pointers;
        }

        foreach (FieldDefinitionHandle handle in last.GetFields())
        {
            string name = reader.GetString(reader.GetFieldDefinition(handle).Name);
            string feature = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            int index = feature.Length == name.Length ? 0 : int.Parse(name.AsSpan(feature.Length), CultureInfo.InvariantCulture);
            pointers[MetadataTokens.GetToken(handle)] = new HolderPointer(feature, index * PointsPerBase, feature == "Guards" ? sizeof(uint) : 1);
        }

        return pointers;
    }
}
