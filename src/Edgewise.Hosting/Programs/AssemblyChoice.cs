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
        HashSet<string> own = NamesOf(program, "project");
        own.Add(program.Name);
        if (own.Count > 1)
        {
            return Take(own, "the program and the projects it references");
        }

        using var reader = new PEReader(File.OpenRead(program.Path));
        MetadataReader metadata = reader.GetMetadataReader();
        HashSet<string> packages = NamesOf(program, "package");
        packages.IntersectWith(metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)));
        if (packages.Count == 0 || CountBodies(metadata) > HarnessMethods)
        {
            return Take(own, "the program itself");
        }

        own.UnionWith(packages);
        return Take(own, "a small program and the packages it calls");

        AssemblyChoice Take(HashSet<string> names, string reason) =>
            new([.. inventory.Where(a => a.Name != RuntimeName && names.Contains(a.Name))], reason, IsDefault: true);
    }

    private static HashSet<string> NamesOf(TargetProgram program, string type) =>
        program.Dependencies.Libraries.Where(l => l.Type == type).SelectMany(l => l.Assemblies).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static int CountBodies(MetadataReader metadata) =>
        metadata.MethodDefinitions.Count(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress != 0);
}
