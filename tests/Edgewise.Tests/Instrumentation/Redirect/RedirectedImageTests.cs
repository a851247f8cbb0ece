using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Redirections;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;
using Edgewise.Tests.Instrumentation.Metadata;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>What an image is like once calls in it are redirected.</summary>
public sealed class RedirectedImageTests
{
    private static readonly InstrumentationOptions OnlyRedirects = new() { Features = CoverageFeatures.None, Redirections = RedirectTables.All };

    [Fact]
    public void Every_row_keeps_its_token_and_one_assembly_reference_is_added()
    {
        byte[] original = File.ReadAllBytes(typeof(Xunit.v3.TestFramework).Assembly.Location);
        byte[] redirected = Instrumenter.Instrument(original, null, "a.dll", OnlyRedirects).Image;
        using PEReader before = new(new MemoryStream(original));
        using PEReader after = new(new MemoryStream(redirected));
        MetadataReader metadata = before.GetMetadataReader();

        Assert.Equal(MetadataDescription.Of(metadata, Rows), MetadataDescription.Of(after.GetMetadataReader(), Rows));
        Assert.Equal(metadata.AssemblyReferences.Count + 1, after.GetMetadataReader().AssemblyReferences.Count);
        AssemblyReference added = after.GetMetadataReader().GetAssemblyReference(after.GetMetadataReader().AssemblyReferences.Last());
        Assert.Equal("Edgewise.Tests", after.GetMetadataReader().GetString(added.Name));

        // MethodDef rows hold the place of their bodies.
        int Rows(TableIndex table) => table is TableIndex.MethodDef ? 0 : metadata.GetTableRowCount(table);
    }

    [Fact]
    public void A_module_that_refers_to_the_targets_assembly_already_gets_no_second_reference()
    {
        byte[] image = Compilation.Image(
            "Lib", "public static class C { public static object Run() => Edgewise.Tests.Instrumentation.Redirect.RedirectTargets.Announced.Capacity * 0 + System.Math.Max(2, 3); }");
        using Redirected library = new(image, RedirectTables.All);
        using PEReader reader = new(new MemoryStream(library.Result.Image));

        Assert.Equal("2003", library.Run());
        Assert.Single(
            reader.GetMetadataReader().AssemblyReferences,
            handle => reader.GetMetadataReader().GetString(reader.GetMetadataReader().GetAssemblyReference(handle).Name) == "Edgewise.Tests");
    }

    [Fact]
    public void The_output_is_the_same_each_time_and_redirecting_it_again_is_refused()
    {
        byte[] original = File.ReadAllBytes(typeof(Xunit.v3.TestFramework).Assembly.Location);
        byte[] once = Instrumenter.Instrument(original, null, "a.dll", OnlyRedirects).Image;

        Assert.Equal(once, Instrumenter.Instrument(original, null, "a.dll", OnlyRedirects).Image);
        Assert.Throws<InstrumentationException>(() => Instrumenter.Instrument(once, null, "a.dll", OnlyRedirects));
    }

    [Fact]
    public void Methods_that_lists_keep_out_are_redirected_all_the_same()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.At("ignore.txt"), "fun:*Left*");
        byte[] image = Compilation.Image("Lib", "public static class C { static int Left() => System.Math.Max(1, 2); public static int Run() => Left() + System.Math.Max(3, 4); }");
        InstrumentationOptions options = new() { Redirections = RedirectTables.All, Selection = CodeSelection.Load([], [folder.At("ignore.txt")]) };

        InstrumentationResult result = Instrumenter.Instrument(image, null, "Lib.dll", options);

        Assert.Equal(1, result.IgnoredCount);
        Assert.Equal(2, result.Redirects!.Redirected["System.Math::Max(System.Int32, System.Int32)"]);
        Assembly loaded = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(result.Image));
        Assert.Equal(1002 + 3004, loaded.GetType("C")!.GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void Members_of_the_module_itself_and_of_libraries_are_redirected_where_rows_name_their_assembly()
    {
        byte[] image = Compilation.Image("Lib", "public static class Clock { public static int Max(int a, int b) => a; } public static class C { public static int Run() => Clock.Max(2, 3); }");
        MethodInfo own = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(image)).GetType("Clock")!.GetMethod("Max")!;
        using Redirected library = new(image, new RedirectionTable([RedirectTables.Replace(own, nameof(RedirectTargets.Max))]));
        using Redirected untouched = new(image, RedirectTables.All);

        Assert.Equal(("2", "2003", "2"), (library.Original(), library.Run(), untouched.Run()));
        Assert.Equal(["[Lib]Clock::Max(System.Int32, System.Int32)"], library.Sites.Redirected.Keys);
    }

    [Fact]
    public void Stack_traces_name_the_same_lines_as_before()
    {
        const string Source = """
            using System;
            public static class C
            {
                public static int Run()
                {
                    Func<int, int> next = new Random(1).Next;
                    int sum = next(1) + Math.Max(2, 3);
                    int? none = null;
                    return sum +
                        none.GetValueOrDefault();
                }
            }
            """;
        (byte[] image, byte[] pdb) = Compilation.WithPdb("Lib", Source, "/_/C.cs");
        InstrumentationResult result = Instrumenter.Instrument(image, pdb, "Lib.dll", OnlyRedirects);
        Assembly loaded = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(result.Image), new MemoryStream(result.Pdb!));

        TargetInvocationException error = Assert.Throws<TargetInvocationException>(() => loaded.GetType("C")!.GetMethod("Run")!.Invoke(null, null));

        Assert.Contains("C.Run() in /_/C.cs:line 9", error.InnerException!.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_other_tables_are_other_entries_of_the_cache()
    {
        using TemporaryFolder folder = new();
        string module = folder.Copy(typeof(RedirectionTable).Assembly.Location);
        ImageCache cache = new(CacheFolder.Open(name => name == "EDGEWISE_CACHE" ? folder.At("cache") : null, _ => { }));

        InstrumentedModule plain = cache.Get(module, OnlyRedirects with { Redirections = null });
        InstrumentedModule redirected = cache.Get(module, OnlyRedirects);
        InstrumentedModule fewer = cache.Get(module, OnlyRedirects with { Redirections = new RedirectionTable(RedirectTables.All.Rows.Skip(1)) });

        Assert.Equal(3, new[] { plain.ImagePath, redirected.ImagePath, fewer.ImagePath }.Distinct().Count());
        Assert.True(cache.Get(module, OnlyRedirects).WasCached);
    }
}
