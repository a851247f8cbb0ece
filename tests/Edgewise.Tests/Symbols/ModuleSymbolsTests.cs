using System.Reflection;
using Edgewise.Symbols;

namespace Edgewise.Tests.Symbols;

public sealed class ModuleSymbolsTests : IDisposable
{
    private const string Prefix = "Edgewise.Tests.Symbols.Specimens.";
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly ModuleSymbols _symbols = ModuleSymbols.Open(typeof(Specimens).Assembly.Location);

    public void Dispose() => _symbols.Dispose();

    [Fact]
    public void Every_body_that_the_compiler_made_prints_as_the_method_that_the_user_wrote()
    {
        string[] expected =
        [
            ".ctor", "AsyncIterator", "Async", "AsyncLambda", "Closures", "Generic", "Here", "Iterator", "Overloaded", "Plain",
            "System.Collections.Generic.IEnumerable<System.Int32>.GetEnumerator", "System.Collections.IEnumerable.GetEnumerator", "get_SourceFile", "get_WithLambda",
        ];

        string[] names = [.. TokensOf(typeof(Specimens)).Select(_symbols.UserMethodOf).Where(static token => token != 0).Select(_symbols.NameOf).Distinct()];

        Assert.Equal(expected.Select(name => Prefix + name).Order(), names.Order());
    }

    [Theory]
    [InlineData("Async", "MoveNext")]
    [InlineData("Iterator", "<>m__Finally")]
    [InlineData("AsyncIterator", "System.IAsyncDisposable.DisposeAsync")]
    [InlineData("Closures", "<Closures>b", "<Closures>g__Local|", "<Closures>g__Inner|")]
    [InlineData("AsyncLambda", "<AsyncLambda>b", "<AsyncLambda>g__LocalAsync|", "MoveNext")]
    [InlineData("Generic", "<Generic>b")]
    [InlineData("get_WithLambda", "<get_WithLambda>b")]
    [InlineData(".ctor", "<.ctor>b")]
    public void A_user_method_gathers_the_bodies_made_of_it(string userMethod, params string[] bodies)
    {
        string[] gathered =
        [
            .. TokensOf(typeof(Specimens)).Where(token => _symbols.NameOf(_symbols.UserMethodOf(token)) == Prefix + userMethod).Select(Simple),
        ];

        Assert.All(bodies, body => Assert.Contains(body, gathered));
    }

    [Theory]
    [InlineData(typeof(int), "<Overloaded>b")]
    [InlineData(typeof(string), "<Overloaded>g__Even|", "<Overloaded>g__Odd|")]
    [InlineData(typeof(double), "MoveNext", "<Overloaded>b")]
    public void The_bodies_of_overloads_go_to_the_right_one(Type parameter, params string[] bodies)
    {
        int token = typeof(Specimens).GetMethod("Overloaded", [parameter])!.MetadataToken;

        string[] gathered = [.. TokensOf(typeof(Specimens)).Where(other => other != token && _symbols.UserMethodOf(other) == token).Select(Simple)];

        Assert.Equal(bodies.Order(StringComparer.Ordinal), gathered.Where(static name => name[0] == '<' || name == "MoveNext").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_lambda_stands_behind_the_beginning_of_the_overload_that_it_goes_to()
    {
        // By lines alone, in the whole assembly: between the user's method and the body that goes to it no other overload begins.
        Dictionary<string, int[]> starts = [];
        foreach (IGrouping<string, int> overloads in AllTokens().Where(token => _symbols.UserMethodOf(token) == token && _symbols.StartOf(token) is not null).GroupBy(_symbols.NameOf))
        {
            starts.Add(overloads.Key, [.. overloads.Select(token => _symbols.StartOf(token)!.Value.Line)]);
        }

        int checkedBodies = 0;
        foreach (int token in AllTokens().Where(token => Simple(token).StartsWith('<') && _symbols.StartOf(token) is not null))
        {
            int user = _symbols.UserMethodOf(token);
            string name = _symbols.NameOf(user);
            if (name.EndsWith("ctor", StringComparison.Ordinal) || _symbols.StartOf(user) is not { } start || _symbols.StartOf(token) is not { } body)
            {
                continue;
            }

            Assert.InRange(body.Line, start.Line, int.MaxValue);
            Assert.DoesNotContain(starts[name], line => line > start.Line && line <= body.Line);
            checkedBodies++;
        }

        Assert.True(checkedBodies > 20, $"{checkedBodies}");
    }

    [Fact]
    public void In_generic_types_too()
    {
        int one = typeof(GenericSpecimens<>).GetMethods().Single(method => method.Name == "Twice" && method.GetParameters().Length == 1).MetadataToken;
        int two = typeof(GenericSpecimens<>).GetMethods().Single(method => method.Name == "Twice" && method.GetParameters().Length == 2).MetadataToken;

        ILookup<int, string> bodies = TokensOf(typeof(GenericSpecimens<>)).ToLookup(_symbols.UserMethodOf, Simple);

        Assert.Equal(2, bodies[one].Count(static name => name.EndsWith(">b", StringComparison.Ordinal)));
        Assert.Single(bodies[two], static name => name.EndsWith(">b", StringComparison.Ordinal));
        Assert.Equal("Edgewise.Tests.Symbols.GenericSpecimens`1.Twice", _symbols.NameOf(one));
    }

    [Fact]
    public void The_signature_of_an_extension_member_belongs_to_the_method_with_its_code()
    {
        int implementation = typeof(ExtensionSpecimens).GetMethod("Doubled")!.MetadataToken;

        int[] gathered = [.. TokensOf(typeof(ExtensionSpecimens)).Where(token => _symbols.UserMethodOf(token) == implementation)];

        Assert.Equal(["<Doubled>b", "Doubled", "Doubled"], gathered.Select(Simple).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_local_type_is_the_users_and_what_serves_the_whole_module_is_no_users()
    {
        Type fileLocal = FileLocalUser.Make().GetType();
        int shared = typeof(Specimens).GetNestedTypes(Declared).Single(type => type.Name == "<>c").TypeInitializer!.MetadataToken;

        Assert.All(TokensOf(fileLocal).Where(token => Simple(token) is not (".ctor" or ".cctor")), token =>
            Assert.EndsWith("FileLocalSpecimen.get_Value", _symbols.NameOf(_symbols.UserMethodOf(token)), StringComparison.Ordinal));
        Assert.Equal(0, _symbols.UserMethodOf(shared));
        Assert.All(AllTokens().Where(token => _symbols.NameOf(token).StartsWith("<>z__", StringComparison.Ordinal)), token => Assert.Equal(0, _symbols.UserMethodOf(token)));
        Assert.Contains(AllTokens(), token => _symbols.NameOf(token).StartsWith("<>z__", StringComparison.Ordinal) && _symbols.NameOf(token).Contains('+', StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_are_those_of_the_source()
    {
        string[] source = File.ReadAllLines(Specimens.SourceFile);

        foreach (string name in new[] { "Plain", "Closures", "Generic", "get_WithLambda" })
        {
            int token = typeof(Specimens).GetMethod(name, Declared)!.MetadataToken;
            SourceLocation? start = _symbols.StartOf(token);

            // A brace on a line of its own has code in a Debug build alone.
            Assert.Equal(Specimens.SourceFile, start?.File);
            Assert.InRange(start!.Value.Line, LineOf(source, name), LineOf(source, name) + (name == "Plain" ? 0 : 1));
        }
    }

    [Fact]
    public void An_offset_has_the_line_of_the_instruction()
    {
        int first = LineOf(File.ReadAllLines(Specimens.SourceFile), "Closures");
        MethodInfo method = typeof(Specimens).GetMethod("Closures")!;
        int length = method.GetMethodBody()!.GetILAsByteArray()!.Length;

        int[] lines = [.. Enumerable.Range(0, length).Select(offset => _symbols.LocationOf(method.MetadataToken, offset)?.Line ?? first)];

        // Brace, first statement, second statement: the hidden code that makes the closure belongs to what stands before it.
        Assert.Equal(lines.Order(), lines);
        Assert.Equal([first + 1, first + 2], lines.Distinct().Where(line => line > first).Take(2));
    }

    [Fact]
    public void Exclusion_reaches_accessors_nested_types_and_generated_bodies()
    {
        string[] kept = [.. TokensOf(typeof(ExcludedSpecimens)).Where(token => !_symbols.IsExcluded(token)).Select(Simple)];

        Assert.Equal([".cctor", ".ctor", ".ctor", "Kept", "get_Other"], kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_PDB_there_are_names_and_no_lines()
    {
        byte[] image = File.ReadAllBytes(typeof(Specimens).Assembly.Location);
        using ModuleSymbols symbols = ModuleSymbols.Read(image, "/nowhere/Edgewise.Tests.dll");
        int[] tokens = TokensOf(typeof(Specimens));

        Assert.False(symbols.HasLines);
        Assert.Empty(symbols.Warnings);
        Assert.All(tokens, token => Assert.Equal(_symbols.UserMethodOf(token), symbols.UserMethodOf(token)));
        Assert.Null(symbols.StartOf(tokens[0]));
        Assert.True(_symbols.HasLines);
    }

    [Fact]
    public void A_PDB_of_another_build_is_said_and_not_used()
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-pdb-").FullName;
        string module = Path.Combine(folder, "Other.dll");
        File.Copy(typeof(Edgewise.Sancov.CoverageSummary).Assembly.Location, module);
        File.Copy(Path.ChangeExtension(typeof(Specimens).Assembly.Location, ".pdb"), Path.ChangeExtension(module, ".pdb"));

        // The PDB's name is in the image: under the name of the module alone nothing is looked for.
        using ModuleSymbols symbols = ModuleSymbols.Open(module);

        Assert.False(symbols.HasLines);
        Assert.Equal($"{Path.ChangeExtension(module, ".pdb")}: this PDB is of another build of Other.dll, so lines are left out", Assert.Single(symbols.Warnings));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x06FFFFFF)]
    [InlineData(0x02000001)]
    [InlineData(-1)]
    public void A_token_that_is_no_method_has_no_answers(int token)
    {
        Assert.Equal(token, _symbols.UserMethodOf(token));
        Assert.Equal($"0x{token:x8}", _symbols.NameOf(token));
        Assert.False(_symbols.IsExcluded(token));
        Assert.Null(_symbols.StartOf(token));
    }

    [Fact]
    public void What_is_no_module_is_an_error_with_the_files_name()
    {
        SymbolsException missing = Assert.Throws<SymbolsException>(() => ModuleSymbols.Open("/nowhere/x.dll"));
        SymbolsException text = Assert.Throws<SymbolsException>(() => ModuleSymbols.Read([1, 2, 3], "three.dll"));

        Assert.StartsWith("/nowhere/x.dll: ", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith("three.dll: this is no .NET module", text.Message, StringComparison.Ordinal);
    }

    internal static int[] TokensOf(Type type) =>
    [
        .. type.GetMethods(Declared).Where(method => method.GetMethodBody() is not null).Select(method => method.MetadataToken),
        .. type.GetConstructors(Declared).Select(constructor => constructor.MetadataToken),
        .. type.GetNestedTypes(Declared).SelectMany(TokensOf),
    ];

    private static IEnumerable<int> AllTokens() => typeof(Specimens).Assembly.GetTypes().Where(static type => !type.IsNested).SelectMany(TokensOf);

    private static int LineOf(string[] source, string name) =>
        Array.FindIndex(source, line => line.EndsWith($"// @ {name}", StringComparison.Ordinal)) + 1;

    // The name without the compiler's numbers, which change with every member that is added.
    private static string Simple(int token) =>
        typeof(Specimens).Assembly.ManifestModule.ResolveMethod(token)!.Name.TrimEnd("0123456789_".ToCharArray());
}
