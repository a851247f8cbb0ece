using Edgewise.Annotations;

namespace Edgewise.Simulation.Properties;

/// <summary>The names of kinds of properties in reports and files.</summary>
internal static class PropertyNames
{
    public static string Of(PropertyKind kind) => kind switch
    {
        PropertyKind.Always => "always",
        PropertyKind.AlwaysOrUnreachable => "always?",
        PropertyKind.Unreachable => "unreachable",
        PropertyKind.NumericAlways => "num-always",
        PropertyKind.Sometimes => "sometimes",
        PropertyKind.Reachable => "reachable",
        PropertyKind.NumericSometimes => "numeric",
        PropertyKind.SometimesAll => "frontier",
        _ => "each",
    };

    /// <summary>The kind of a name; null if it is none.</summary>
    public static PropertyKind? Parse(string name)
    {
        foreach (PropertyKind kind in Enum.GetValues<PropertyKind>())
        {
            if (Of(kind) == name)
            {
                return kind;
            }
        }

        return null;
    }
}
