using Edgewise.Corpus;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>What libFuzzer's <c>-seed_inputs</c> names: files with commas between, or <c>@</c> and a file in which they stand.</summary>
internal static class SeedList
{
    /// <summary>Reads it.</summary>
    /// <exception cref="CorpusException">A file is not there.</exception>
    /// <exception cref="IOException">The list cannot be read.</exception>
    public static IEnumerable<string> Read(string value)
    {
        string list = value.StartsWith('@') ? File.ReadAllText(value[1..]) : value;
        foreach (string path in list.Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return File.Exists(path) ? Path.GetFullPath(path) : throw new CorpusException($"-seed_inputs={value}: {path}: not found; expected a file");
        }
    }
}
