namespace Edgewise.Report.Model;

/// <summary>A function of a file.</summary>
/// <param name="Name">Its name: of the source's language where that could be told.</param>
/// <param name="Line">Line of its declaration, or its first with code; 0 where that is unknown.</param>
/// <param name="PointCount">Number of its points, at least one.</param>
/// <param name="CoveredPointCount">How many of them were hit.</param>
/// <param name="Hits">How often it was entered; null where no counter tells.</param>
/// <param name="ModuleName">File name of the binary or .NET module that it is of.</param>
public sealed record ReportFunction(string Name, int Line, int PointCount, int CoveredPointCount, HitCount? Hits, string ModuleName)
{
    /// <summary>True if any of its points was hit.</summary>
    public bool IsCovered => CoveredPointCount > 0;
}
