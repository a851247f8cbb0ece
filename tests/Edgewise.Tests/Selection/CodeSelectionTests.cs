using System.Text;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Selection;

public sealed class CodeSelectionTests
{
    [Fact]
    public void Without_lists_everything_is_included()
    {
        CodeSelection selection = CodeSelection.Load([], []);

        Assert.Same(CodeSelection.Everything, selection);
        Assert.True(selection.IsEverything);
        Assert.Empty(selection.Hash);
        Assert.True(selection.Includes("Any.Type.Method", null));
    }

    [Fact]
    public void Several_files_of_a_kind_count_as_one_list()
    {
        using ListFiles files = new();

        CodeSelection selection = CodeSelection.Load([files.Write("src:*"), files.Write("fun:Shop.*")], [files.Write("fun:*.Dispose")]);

        Assert.True(selection.Includes("Shop.Cart.Add", null));
        Assert.False(selection.Includes("Shop.Cart.Dispose", null));
        Assert.False(selection.Includes("Bank.Account.Pay", null));
        Assert.False(selection.IsEverything);
    }

    [Fact]
    public void A_section_ends_with_its_file()
    {
        using ListFiles files = new();

        CodeSelection selection = CodeSelection.Load([], [files.Write("[address]\nfun:A.B"), files.Write("fun:C.D")]);

        Assert.True(selection.Includes("A.B", null));
        Assert.False(selection.Includes("C.D", null));
    }

    [Fact]
    public void A_path_of_a_PDB_built_on_Windows_matches_with_either_separator()
    {
        using ListFiles files = new();

        CodeSelection slashes = files.Load(null, "src:*/Generated/*.cs");
        CodeSelection backslashes = files.Load(null, @"src:*\\Generated\\*.cs");

        Assert.False(slashes.Includes("A.B", @"C:\work\Generated\A.cs"));
        Assert.False(backslashes.Includes("A.B", @"C:\work\Generated\A.cs"));
        Assert.True(slashes.Includes("A.B", @"C:\work\Written\A.cs"));
    }

    [Theory]
    [InlineData("src:*\nfun:A.*", false)]
    [InlineData("src:*/A.cs\nfun:*", true)]
    [InlineData("[address]\nsrc:*/A.cs\n[*]\nfun:*", false)]
    public void Sources_are_needed_only_where_a_pattern_looks_at_them(string allow, bool needed)
    {
        using ListFiles files = new();

        Assert.Equal(needed, files.Load(allow, null).NeedsSources);
    }

    [Fact]
    public void An_allow_list_that_selects_nothing_is_said_and_so_is_an_unknown_type()
    {
        using ListFiles files = new();

        CodeSelection selection = files.Load("function:A.B\nglobal:x\nfun:A.B", null);

        Assert.Collection(
            selection.Warnings,
            warning => Assert.EndsWith(":1: entries of type 'function' are not used; 'src' and 'fun' are", warning, StringComparison.Ordinal),
            warning => Assert.EndsWith("the allow list has no 'src:' entry, so it selects nothing; 'src:*' allows all", warning, StringComparison.Ordinal));
        Assert.Empty(files.Load("src:*\nfun:A.B", null).Warnings);
    }

    [Fact]
    public void The_hash_tells_allow_from_ignore_and_one_file_from_two()
    {
        using ListFiles files = new();
        string a = files.Write("fun:a\n"), b = files.Write("fun:b\n"), both = files.Write("fun:a\nfun:b\n");

        string[] hashes =
        [
            .. new[]
            {
                CodeSelection.Load([a], []), CodeSelection.Load([], [a]), CodeSelection.Load([a, b], []), CodeSelection.Load([both], []),
                CodeSelection.Load([a], [b]), CodeSelection.Load([b], [a]),
            }.Select(selection => Convert.ToHexString(selection.Hash)),
        ];

        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Convert.ToHexString(CodeSelection.Load([a], []).Hash));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_errors_that_name_them()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no such folder", "list.txt");

        InstrumentationException noFile = Assert.Throws<InstrumentationException>(() => CodeSelection.Load([missing], []));
        InstrumentationException folder = Assert.Throws<InstrumentationException>(() => CodeSelection.Load([], [Path.GetTempPath()]));

        Assert.Equal(("EW1201", $"{missing}: the list cannot be read: there is no such file"), (noFile.Id, noFile.Message));
        Assert.Equal(("EW1201", $"{Path.GetTempPath()}: the list cannot be read: it is a folder"), (folder.Id, folder.Message));
    }

    [Theory]
    [InlineData("fun", "EW1202", "expected '[section]', 'src:PATTERN', 'fun:PATTERN' or '# comment', found 'fun'")]
    [InlineData("[coverage", "EW1203", "expected ']' at the end of the section's name, found '[coverage'")]
    [InlineData("fun:=x", "EW1204", "expected a pattern, found nothing; '*' matches everything")]
    [InlineData("fun:{a,{b,c}}", "EW1204", "'{a,{b,c}}' is no glob: braces do not nest")]
    [InlineData("fun:{a}", "EW1204", "'{a}' is no glob: braces need at least two terms, as in '{a,b}'")]
    [InlineData("fun:{a,b", "EW1204", "'{a,b' is no glob: '{' has no '}'")]
    [InlineData("fun:a[]", "EW1204", "'a[]' is no glob: '[' has no ']'")]
    [InlineData("fun:[z-a]", "EW1204", "'[z-a]' is no glob: the range 'z-a' runs backwards")]
    [InlineData("fun:a\\", "EW1204", "'a\\' is no glob: '\\' stands at the end; it needs the character that it escapes")]
    [InlineData("a\u001b[31mb", "EW1202", "expected '[section]', 'src:PATTERN', 'fun:PATTERN' or '# comment', found 'a?[31mb'")]
    public void A_malformed_line_is_an_error_that_names_file_line_and_what_was_expected(string line, string id, string reason)
    {
        using ListFiles files = new();
        string path = files.Write("# first\r\n\r\n" + line);

        InstrumentationException error = Assert.Throws<InstrumentationException>(() => CodeSelection.Load([path], []));

        Assert.Equal((id, $"{path}:3: {reason}"), (error.Id, error.Message));
    }

    [Fact]
    public void Braces_stand_for_at_most_1024_patterns()
    {
        using ListFiles files = new();
        string ten = string.Concat(Enumerable.Repeat("{a,b}", 10)), eleven = ten + "{a,b}";

        CodeSelection selection = files.Load(null, "fun:" + ten);
        InstrumentationException error = Assert.Throws<InstrumentationException>(() => files.Load(null, "fun:" + eleven));

        Assert.False(selection.Includes("abababbbaa", null));
        Assert.True(selection.Includes("abababbbac", null));
        Assert.EndsWith("braces stand for more than 1024 patterns", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_glob_of_many_stars_answers_at_once()
    {
        using ListFiles files = new();
        CodeSelection globs = files.Load(null, "fun:" + string.Concat(Enumerable.Repeat("a*", 40)) + "b");
        CodeSelection regexes = files.Load(null, "#!special-case-list-v1\nfun:" + string.Concat(Enumerable.Repeat("(a+)+", 12)) + "b");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

        bool included = globs.Includes(new string('a', 5000), null) && regexes.Includes(new string('a', 5000), null);

        Assert.True(included);
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void Mutated_lists_either_load_or_say_file_and_line()
    {
        const string Seed = "#!special-case-list-v1\n[coverage|x]\nsrc:*/a.cs\nfun:(A|B)+[^x-z]{2,3}\\.C=cat\n[*]\nfun:{a,b}*?[a-z]\\*\n";
        const string Path = "list.txt";
        Random random = new(1);
        int refused = 0, loaded = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] content = Mutate(Encoding.UTF8.GetBytes(i % 2 == 0 ? Seed : Seed[23..]), random);
            try
            {
                SpecialCaseList list = new();
                list.Add(SpecialCaseListReader.Read(Path, content, []));
                _ = list.MatchesFunction("A.B+C`1.D") | list.MatchesSource("/x/a.cs");
                loaded++;
            }
            catch (InstrumentationException e)
            {
                Assert.Matches(@"^list\.txt:\d+: [^\n]+$", e.Message);
                refused++;
            }
        }

        Assert.True(refused > 300 && loaded > 300, $"{refused} refused, {loaded} loaded");
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        const string Alphabet = "[](){}*+?\\,:=|#^-!.\n\0\u007fZ";
        for (int n = random.Next(1, 5); n > 0; n--)
        {
            content[random.Next(content.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)Alphabet[random.Next(Alphabet.Length)];
        }

        return content[..random.Next(content.Length / 2, content.Length + 1)];
    }
}
