using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class FrameworkShareTests
{
    // The share that a pass can count on.
    private const double Goal = 0.995;

    [Fact]
    public void Nearly_all_compare_division_and_index_sites_of_the_whole_framework_are_typed()
    {
        using AssemblyFolders folders = new([RealAssemblies.FrameworkFolder]);

        SiteTable table = Count(Directory.GetFiles(RealAssemblies.FrameworkFolder, "*.dll"), new ReferencedTypes(folders.Open));

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.True(table.Bodies > 120_000 && table.Count > 150_000, $"only {table.Bodies} bodies were read");
        Assert.True(table.TypedShare >= Goal, table.ToString());
    }

    [Fact]
    public void So_they_are_where_no_other_assembly_is_at_hand_and_the_rest_are_enumerations()
    {
        string[] assemblies = Directory.GetFiles(RealAssemblies.FrameworkFolder, "System.*.dll");

        SiteTable table = Count(assemblies, null);

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.True(table.TypedShare is >= Goal and < 1, table.ToString());
        Assert.All(table.Reasons, reason => Assert.Equal(SkipReason.UnresolvedType, reason));
    }

    [Fact]
    public void Every_site_of_the_seven_packages_is_typed_with_their_references_at_hand()
    {
        using AssemblyFolders folders = new([RealAssemblies.WorkloadsFolder, RealAssemblies.FrameworkFolder]);

        SiteTable table = Count([.. RealAssemblies.Packages.Select(RealAssemblies.Package)], new ReferencedTypes(folders.Open));

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.True(table.Count > 100_000, table.ToString());
        Assert.Equal(table.Count, table.Typed);
    }

    private static SiteTable Count(string[] paths, ReferencedTypes? referenced)
    {
        SiteTable table = new();
        foreach (string path in paths.Where(IsManaged))
        {
            using AnalysedModule module = new(File.ReadAllBytes(path), AnalysedModule.ValueSites, referenced);
            foreach (MethodDefinitionHandle method in module.Methods())
            {
                table.Bodies++;
                module.Analyse(method);
                foreach (ref readonly StackSite site in module.Analysis.Sites)
                {
                    table.Add(site);
                }
            }
        }

        return table;
    }

    private static bool IsManaged(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return file.HasMetadata;
    }
}
