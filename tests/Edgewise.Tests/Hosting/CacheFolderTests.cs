using Edgewise.Hosting.Folders;

namespace Edgewise.Tests.Hosting;

public sealed class CacheFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_folder_is_the_users_cache_unless_another_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the folder has another name there");
        Assert.Equal(_folder.At("home", ".cache", "edgewise"), Open(("HOME", _folder.At("home"))));
        Assert.Equal(_folder.At("xdg", "edgewise"), Open(("HOME", _folder.At("home")), ("XDG_CACHE_HOME", _folder.At("xdg"))));
        Assert.Equal(_folder.At("home", ".cache", "edgewise"), Open(("HOME", _folder.At("home")), ("XDG_CACHE_HOME", "relative")));
        Assert.Equal(_folder.At("own"), Open(("EDGEWISE_CACHE", _folder.At("own")), ("XDG_CACHE_HOME", _folder.At("xdg"))));
    }

    [Fact]
    public void Where_it_cannot_be_written_a_private_temporary_folder_serves_and_one_line_says_so()
    {
        string file = _folder.Write("file", "a file where the home should be");
        var notes = new List<string>();
        string path;

        using (CacheFolder cache = CacheFolder.Open(name => name == "HOME" ? file : null, notes.Add))
        {
            path = cache.Path;
            Assert.True(Directory.Exists(path));
            Assert.StartsWith(Path.GetTempPath(), path, StringComparison.Ordinal);
        }

        Assert.StartsWith(Path.Combine(file, ".cache", "edgewise") + ": cannot be written", Assert.Single(notes), StringComparison.Ordinal);
        Assert.False(Directory.Exists(path));
    }

    public void Dispose() => _folder.Dispose();

    private static string Open(params (string Name, string Value)[] variables)
    {
        using CacheFolder cache = CacheFolder.Open(name => Array.Find(variables, v => v.Name == name).Value, note => Assert.Fail(note));
        return cache.Path;
    }
}
