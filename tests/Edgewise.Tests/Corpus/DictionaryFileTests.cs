using System.Text;
using Edgewise.Corpus;
using Edgewise.Corpus.Dictionaries;

namespace Edgewise.Tests.Corpus;

public sealed class DictionaryFileTests
{
    [Fact]
    public void Words_are_read_with_their_names_levels_and_escapes()
    {
        IReadOnlyList<DictionaryWord> words = Parse(""""""
            # A comment, then an empty line

            open="{"
              "bare"  
            deep@3 = "\x00\xFFa\\b\"c"
            utf8="ż"
            quote=""""
            mail@host="x"
            """""");

        Assert.Equal(
            ["open@0 7B", "@0 62617265", "deep@3 00FF615C622263", "utf8@0 C5BC", "quote@0 2222", "mail@host@0 78"],
            words.Select(word => $"{word.Name}@{word.Level} {Convert.ToHexString(word.Bytes.Span)}"));
    }

    [Theory]
    [InlineData("bad", "line 2: expected name=\"word\" or \"word\"")]
    [InlineData("x=\"", "line 2: expected name=\"word\" or \"word\"")]
    [InlineData("x=\"a\" # why", "line 2: expected name=\"word\" or \"word\"")]
    [InlineData("x \"a\"", "line 2: 'x' before the word; expected a name and '='")]
    [InlineData("x=\"\"", "line 2: an empty word; expected at least one byte")]
    [InlineData("x=\"ab\\q\"", "line 2, column 6: a backslash without meaning; expected \\\\, \\\" or \\x and two hexadecimal digits")]
    [InlineData("\"a\\x1\"", "line 2, column 3: a backslash without meaning")]
    [InlineData("\"a\\xZZ\"", "line 2, column 3: a backslash without meaning")]
    [InlineData("\"a\\\"", "line 2, column 3: a backslash without meaning")]
    public void A_bad_line_is_told_with_its_number_and_place(string line, string problem)
    {
        CorpusException failure = Assert.Throws<CorpusException>(() => Parse($"good=\"a\"\n{line}\n"));

        Assert.StartsWith($"words.dict: {problem}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_word()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        Assert.Equal(all, Parse(DictionaryFile.Write(all)).Single().Bytes.ToArray());
        Assert.Equal("\"a\\\"\\\\\\x0A\"", DictionaryFile.Write("a\"\\\n"u8));
    }

    [Fact]
    public void The_dictionaries_that_come_with_afl_are_read()
    {
        const string Folder = "/usr/share/doc/afl++-doc/afl/dictionaries";
        Assert.SkipUnless(Directory.Exists(Folder), $"needs {Folder}");

        // libFuzzer refuses these two as well: one has an open quotation mark, one "\r\n".
        string[] files = [.. Directory.GetFiles(Folder, "*.dict").Where(file => Path.GetFileName(file) is not ("atom.dict" or "csv.dict"))];

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(
            File.ReadLines(file, Encoding.Latin1).Count(line => line.Trim() is [not '#', ..]), DictionaryFile.Read(file).Count));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.StartsWith("nowhere.dict: the dictionary cannot be read: ", Assert.Throws<CorpusException>(() => DictionaryFile.Read("nowhere.dict")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<DictionaryWord> Parse(string text) => DictionaryFile.Parse("words.dict", Encoding.UTF8.GetBytes(text));
}
