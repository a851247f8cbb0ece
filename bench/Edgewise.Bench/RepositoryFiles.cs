using System.Reflection;

namespace Edgewise.Bench;

/// <summary>Where the build left things; written into the program when it is built.</summary>
internal static class RepositoryFiles
{
    /// <summary>The repository's folder.</summary>
    public static string Root => Path.GetFullPath(Metadata("RepositoryFolder"));

    /// <summary>The package of coverlet.collector, or an empty text where it did not restore.</summary>
    public static string CoverletPackage => Metadata("CoverletFolder");

    /// <summary>The package Microsoft.CodeCoverage, or an empty text where it did not restore.</summary>
    public static string CodeCoveragePackage => Metadata("CodeCoverageFolder");

    private static string Metadata(string key) =>
        typeof(RepositoryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == key)?.Value ?? "";
}
