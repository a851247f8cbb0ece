namespace Edgewise.Hosting.Programs;

/// <summary>An assembly file in a program's folder.</summary>
/// <param name="Name">File name without extension: its simple name.</param>
/// <param name="RelativePath">Where it stands below the program's folder.</param>
/// <param name="Path">Full path.</param>
public sealed record ProgramAssembly(string Name, string RelativePath, string Path)
{
    /// <summary>File name with extension: the module's name in coverage files.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);
}
