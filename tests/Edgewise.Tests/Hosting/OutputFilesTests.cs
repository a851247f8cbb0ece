using Edgewise.Hosting;
using Edgewise.Hosting.Folders;

namespace Edgewise.Tests.Hosting;

public sealed class OutputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_have_their_names_once_all_are_written()
    {
        using var output = new OutputFiles(_folder.At("a", "b"));
        output.Add("one", "1"u8);
        output.Add("two", "2"u8);

        Assert.DoesNotContain(_folder.At("a", "b", "one"), Directory.GetFiles(_folder.At("a", "b")));
        output.Complete();

        Assert.Equal([_folder.At("a", "b", "one"), _folder.At("a", "b", "two")], Directory.GetFiles(_folder.At("a", "b")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_completion_nothing_is_left_not_even_the_folders()
    {
        using (var output = new OutputFiles(_folder.At("a", "b")))
        {
            output.Add("one", "1"u8);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_name_that_is_taken_meanwhile_takes_all_files_back()
    {
        using (var output = new OutputFiles(_folder.Path))
        {
            output.Add("one", "1"u8);
            output.Add("two", "2"u8);
            _folder.Write("two", "somebody else's");

            Assert.Contains("two: exists already", Assert.Throws<HostingException>(output.Complete).Message, StringComparison.Ordinal);
        }

        Assert.Equal([_folder.At("two")], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("somebody else's", File.ReadAllText(_folder.At("two")));
    }

    [Fact]
    public void An_existing_file_is_never_replaced()
    {
        string existing = _folder.Write("one", "old");
        using var output = new OutputFiles(_folder.Path);

        Assert.Equal(
            $"{existing}: exists already; remove it or choose another folder with -o",
            Assert.Throws<HostingException>(() => output.Add("one", "1"u8)).Message);
        Assert.Equal("old", File.ReadAllText(existing));
    }

    [Fact]
    public void A_folder_below_a_file_cannot_be_made()
    {
        string file = _folder.Write("file", "");

        Assert.StartsWith(
            $"{Path.Combine(file, "out")}: the output folder cannot be made",
            Assert.Throws<HostingException>(() => new OutputFiles(Path.Combine(file, "out"))).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
