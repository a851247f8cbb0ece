using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Hosting;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class ReferencedTypesTests
{
    private const string Source = """
        using System.Diagnostics.Tracing;
        class Uses
        {
            // An enumeration, one of bytes, a nested one, a structure, a class; all forwarded from the assembly that is referred to.
            System.DayOfWeek a; EventChannel b; System.Environment.SpecialFolder c; System.Guid d; System.Version e;
        }
        """;

    [Theory]
    [InlineData("DayOfWeek", nameof(StackType.Int32))]
    [InlineData("EventChannel", nameof(StackType.Byte))]
    [InlineData("SpecialFolder", nameof(StackType.Int32))]
    [InlineData("Guid", nameof(StackType.ValueType))]
    [InlineData("Version", nameof(StackType.Object))]
    public void A_type_is_found_where_its_assembly_forwards_it_to(string name, string type)
    {
        using AnalysedModule module = new(Compilation.Image("Uses", Source), SiteKinds.None);
        using AssemblyFolders folders = new([RealAssemblies.FrameworkFolder]);
        List<string> asked = [];
        ReferencedTypes referenced = new(assembly =>
        {
            asked.Add(assembly);
            return folders.Open(assembly);
        });

        StackType found = referenced.Resolve(module.Reader, Reference(module, name));
        referenced.Resolve(module.Reader, Reference(module, name));

        Assert.Equal(type, found.ToString());
        Assert.Equal(asked.Distinct(), asked);
    }

    [Theory]
    [InlineData("DayOfWeek")]
    [InlineData("SpecialFolder")]
    public void A_type_of_an_assembly_that_is_not_there_stays_unresolved(string name)
    {
        using AnalysedModule module = new(Compilation.Image("Uses", Source), SiteKinds.None);
        using AssemblyFolders folders = new([Path.Combine(RealAssemblies.FrameworkFolder, "none")]);

        Assert.Equal(StackType.Unresolved, new ReferencedTypes(folders.Open).Resolve(module.Reader, Reference(module, name)));
    }

    [Theory]
    [InlineData("../System.Runtime")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_is_no_file_name_opens_nothing(string name)
    {
        using AssemblyFolders folders = new([Path.Combine(RealAssemblies.FrameworkFolder, "ref"), RealAssemblies.FrameworkFolder]);

        Assert.Null(folders.Open(name));
    }

    [Fact]
    public void A_file_that_is_no_assembly_counts_as_not_there()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.At("Broken.dll"), "no image at all");
        using AssemblyFolders folders = new([folder.At("")]);

        Assert.Null(folders.Open("Broken"));
    }

    [Fact]
    public void Beside_a_constant_or_in_a_switch_an_unresolved_enumeration_is_a_32_bit_integer()
    {
        byte[] image = Compilation.Image("Uses", """
            class C
            {
                static bool M(System.DayOfWeek a, System.DayOfWeek b) => a == System.DayOfWeek.Friday || (a & b) > System.DayOfWeek.Monday || a == b;
            }
            """);
        using AnalysedModule module = new(image, AnalysedModule.ValueSites);

        module.Analyse(module.Find("M"));

        Assert.Equal("beq(Unresolved, 5) Int32; bgt(Unresolved, 1) Int32; ceq(Unresolved, Unresolved) UnresolvedType", SiteText.Of(module));
    }

    private static TypeReferenceHandle Reference(AnalysedModule module, string name) => module.Reader.TypeReferences.Single(
        handle => module.Reader.StringComparer.Equals(module.Reader.GetTypeReference(handle).Name, name));
}
