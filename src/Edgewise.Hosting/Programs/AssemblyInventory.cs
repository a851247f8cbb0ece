namespace Edgewise.Hosting.Programs;

/// <summary>The managed assemblies in a program's folder and below, without satellites.</summary>
public static class AssemblyInventory
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        // A link to a folder may lead back up; what it leads to is used through the link, uninstrumented.
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static readonly EnumerationOptions Here = new() { AttributesToSkip = FileAttributes.None };

    /// <summary>True where a file of this name stands anywhere below a folder.</summary>
    public static bool Holds(string folder, string fileName) => Directory.EnumerateFiles(folder, fileName, Below).Any();

    /// <summary>Lists them by path, the folder's own first.</summary>
    public static IReadOnlyList<ProgramAssembly> List(TargetProgram program)
    {
        var found = new SortedDictionary<string, ProgramAssembly>(StringComparer.Ordinal);
        Add(Directory.EnumerateFiles(program.Folder, "*.dll", Here));
        Add(Directory.EnumerateFiles(program.Folder, "*.dll", Below));
        Add([program.Path]);
        return [.. found.Values.OrderBy(a => Path.GetDirectoryName(a.RelativePath)!.Length != 0)];

        void Add(IEnumerable<string> paths)
        {
            foreach (string path in paths)
            {
                string relative = Path.GetRelativePath(program.Folder, path);
                string name = Path.GetFileNameWithoutExtension(path);
                if (!found.ContainsKey(relative) && !name.EndsWith(".resources", StringComparison.OrdinalIgnoreCase) && ModuleFile.IsManaged(path))
                {
                    found.Add(relative, new ProgramAssembly(name, relative, path));
                }
            }
        }
    }
}
