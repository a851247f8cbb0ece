using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation.Selection;

namespace Edgewise.Hosting.Programs;

/// <summary>Which assemblies of a program are instrumented, and why these.</summary>
/// <param name="Assemblies">The assemblies, by path.</param>
/// <param name="Reason">A sentence part for people: <c>the program and its project references</c>.</param>
/// <param name="IsDefault">True where no globs were given.</param>
public sealed record AssemblyChoice(IReadOnlyList<ProgramAssembly> Assemblies, string Reason, bool IsDefault)
{
    /// <summary>A program with no project of its own beside it and at most this many methods is taken for a harness of the packages that it calls.</summary>
    public const int HarnessMethods = 32;

    /// <summary>The Runtime counts for others and is never instrumented itself.</summary>
    private const string RuntimeName = "Edgewise.Runtime";

    /// <summary>Takes the assemblies that globs over simple names match.</summary>
    /// <exception cref="HostingException">A glob matches nothing; the message lists the names there are.</exception>
    public static AssemblyChoice ByGlobs(IReadOnlyList<ProgramAssembly> inventory, AssemblyGlobs globs)
    {
        string[] names = [.. inventory.Select(a => a.Name).Where(n => n != RuntimeName).Distinct(StringComparer.OrdinalIgnoreCase)];
        IReadOnlyList<string> unmatched = globs.WithoutMatch(names);
        if (unmatched.Count != 0 || globs.IsEmpty)
        {
            string what = globs.IsEmpty ? "no name was given" : $"'{string.Join("', '", unmatched)}' matches no assembly of the program";
            throw new HostingException($"--assemblies: {what}; there are: {string.Join(", ", names)}");
        }

        return new AssemblyChoice([.. inventory.Where(a => a.Name != RuntimeName && globs.Matches(a.Name))], "chosen by --assemblies", IsDefault: false);
    }

    /// <summary>
    /// Takes the program's own assembly and those of every project it references; where that is a small program without such a project,
    /// a harness, also the assemblies of packages that it references directly.
    /// </summary>
    public static AssemblyChoice ByDefault(TargetProgram program, IReadOnlyList<ProgramAssembly> inventory)
    {
        ArgumentNullException.ThrowIfNull(program);
        HashSet<string> names = NamesByDefault(program.Path, program.Dependencies, new HashSet<string>(), out string reason);
        return new([.. inventory.Where(a => a.Name != RuntimeName && names.Contains(a.Name))], reason, IsDefault: true);
    }

    /// <summary>The names of the same assemblies, of a program or a library.</summary>
    /// <param name="path">Its assembly.</param>
    /// <param name="dependencies">Its <c>deps.json</c>.</param>
    /// <param name="others">Names that do not count as the program's own.</param>
    /// <param name="reason">Why these: a sentence part for people.</param>
    /// <exception cref="HostingException">The assembly is missing, or no managed assembly.</exception>
    public static HashSet<string> NamesByDefault(string path, DependencyManifest dependencies, IReadOnlySet<string> others, out string reason)
    {
        HashSet<string> own = NamesOf(dependencies, "project");
        own.Add(Path.GetFileNameWithoutExtension(path));
        own.RemoveWhere(others.Contains);
        if (own.Count > 1)
        {
            reason = "the program and the projects it references";
            return own;
        }

        using var reader = new PEReader(new MemoryStream(ModuleFile.Read(path)));
        MetadataReader metadata = reader.GetMetadataReader();
        HashSet<string> packages = NamesOf(dependencies, "package");
        packages.IntersectWith(metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)));
        packages.RemoveWhere(others.Contains);
        if (packages.Count == 0 || CountBodies(metadata) > HarnessMethods)
        {
            reason = "the program itself";
            return own;
        }

        own.UnionWith(packages);
        reason = "a small program and the packages it calls";
        return own;
    }

    private static HashSet<string> NamesOf(DependencyManifest dependencies, string type) =>
        dependencies.Libraries.Where(l => l.Type == type).SelectMany(l => l.Assemblies).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static int CountBodies(MetadataReader metadata) =>
        metadata.MethodDefinitions.Count(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress != 0);
}
