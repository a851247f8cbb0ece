namespace Edgewise.Cli.Commands;

/// <summary>What is compiled from <c>native/</c> and comes with the tool on some systems.</summary>
internal static class NativeFiles
{
    private const string Folder = "native";

    // Beside the program where it was installed; where the repository builds it, for programs that are run there.
    private static readonly string[] Folders = [Path.Combine(AppContext.BaseDirectory, Folder), Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", Folder))];

    /// <summary>The path of a file; null where it is not there.</summary>
    public static string? Find(string name) => Array.Find([.. Folders.Select(folder => Path.Combine(folder, name))], File.Exists);

    /// <summary>What to say where it is not there.</summary>
    public static string Missing(string name) =>
        $"{Path.Combine(Folders[0], name)}: there is no such file; packages for Linux on x86-64 have it, elsewhere 'make -C native' makes it";
}
