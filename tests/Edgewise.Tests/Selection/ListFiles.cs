using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Selection;

/// <summary>Writes list files into a folder of its own, which goes with the test.</summary>
internal sealed class ListFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-lists-").FullName;
    private int _count;

    public string Write(string content)
    {
        string path = Path.Combine(_folder, $"list{_count++}.txt");
        File.WriteAllText(path, content);
        return path;
    }

    public CodeSelection Load(string? allow, string? ignore) =>
        CodeSelection.Load(allow is null ? [] : [Write(allow)], ignore is null ? [] : [Write(ignore)]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
