using System.Reflection;

namespace Edgewise.Runtime;

/// <summary>Which build this is.</summary>
internal static class Product
{
    /// <summary>The version that stands in files and messages.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
