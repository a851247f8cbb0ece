namespace Edgewise.Showmap.Code;

/// <summary>Where a point of a showmap file stands.</summary>
/// <param name="Function">The method or function; empty where it is not known.</param>
/// <param name="File">The source file; empty where it is not known.</param>
/// <param name="Line">The line; 0 where it is not known.</param>
public readonly record struct PointPlace(string Function, string File, int Line)
{
    /// <summary>File and line as people write them; <c>??</c> where they are not known.</summary>
    public string Location => File.Length == 0 ? "??" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}");
}
