namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>A folder of a test, with inputs.</summary>
internal sealed class FuzzFolder : IDisposable
{
    /// <summary>Full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edgewise-fuzz-test-").FullName;

    /// <summary>The folder for temporary files, of which none may be left.</summary>
    public string Temporary
    {
        get
        {
            string path = At(".temporary");
            Directory.CreateDirectory(path);
            return path;
        }
    }

    /// <summary>Full path of a file or folder in it.</summary>
    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes an input.</summary>
    /// <returns>Its name.</returns>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        return name;
    }

    /// <summary>Contents of the entries of a corpus in it, in order.</summary>
    public string[] Entries(string name) =>
        [.. Directory.GetFiles(At(name)).Where(path => System.IO.Path.GetFileName(path)[0] != '.').Select(File.ReadAllText).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
