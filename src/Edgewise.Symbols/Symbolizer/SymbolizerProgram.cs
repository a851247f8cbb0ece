using System.Globalization;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Finds the program that names addresses.</summary>
internal static class SymbolizerProgram
{
    private const string Llvm = "llvm-symbolizer", Gnu = "addr2line";

    /// <summary>The path of the program to ask, or null where there is none.</summary>
    /// <param name="wanted">A name or path that a user gave; null finds <c>llvm-symbolizer</c>, that of the highest version, or <c>addr2line</c>.</param>
    /// <exception cref="SymbolsException">The program that was asked for is not there.</exception>
    public static string? Find(string? wanted)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (wanted is not null)
        {
            return File.Exists(wanted) ? wanted : FindIn(folders, wanted) ?? throw new SymbolsException($"{wanted}: there is no such program to name addresses with");
        }

        return FindIn(folders, Llvm) ?? FindVersion(folders) ?? FindIn(folders, Gnu);
    }

    /// <summary>True for a program that speaks as <c>addr2line</c> does.</summary>
    public static bool IsAddr2Line(string program) => Path.GetFileName(program).Contains(Gnu, StringComparison.OrdinalIgnoreCase);

    private static string? FindIn(string[] folders, string name) => folders
        .SelectMany(folder => (string[])[Path.Combine(folder, name), Path.Combine(folder, name + ".exe")])
        .FirstOrDefault(File.Exists);

    // Distributions that have several versions of LLVM side by side put the number behind the name.
    private static string? FindVersion(string[] folders) => folders
        .Where(Directory.Exists)
        .SelectMany(static folder => Directory.EnumerateFiles(folder, Llvm + "-*"))
        .Select(static path => (Path: path, Version: VersionOf(path)))
        .Where(static found => found.Version > 0)
        .OrderByDescending(static found => found.Version)
        .Select(static found => found.Path)
        .FirstOrDefault();

    private static int VersionOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan(Llvm.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0;
}
