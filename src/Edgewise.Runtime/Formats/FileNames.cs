using System.Globalization;

namespace Edgewise.Runtime.Formats;

/// <summary>Names of the files that a run leaves. Module names come from files and are never trusted as paths.</summary>
public static class FileNames
{
    private const int LongestModuleName = 160;

    /// <summary><c>Markdig.dll.4711.sancov</c>: the PCs that one process reached in one module.</summary>
    public static string Sancov(string moduleName, int processId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Plain(moduleName)}.{processId}.sancov");

    /// <summary><c>Markdig.dll.0123456789abcdef.points</c>: the point set of one build of a module.</summary>
    public static string Points(string moduleName, string identityText) => $"{Plain(moduleName)}.{identityText}.points";

    /// <summary><c>run.4711.json</c>: what ran, and how it ended.</summary>
    public static string Run(int processId) => string.Create(CultureInfo.InvariantCulture, $"run.{processId}.json");

    /// <summary><c>4711.edgewise-map</c>: the map of a process under <c>coverage_direct=1</c>.</summary>
    public static string Map(int processId) => string.Create(CultureInfo.InvariantCulture, $"{processId}.edgewise-map");

    /// <summary>The name with everything replaced by <c>_</c> that a file name could not carry on some system, or that would leave the folder.</summary>
    public static string Plain(string moduleName)
    {
        ArgumentNullException.ThrowIfNull(moduleName);
        string kept = moduleName.Length > LongestModuleName ? moduleName[..LongestModuleName] : moduleName;
        string plain = string.Create(kept.Length, kept, static (characters, name) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = IsPlain(name[i]) ? name[i] : '_';
            }
        });
        return plain.Trim('.', ' ').Length == 0 ? "_" : plain;
    }

    /// <summary>True for a name that stays in its folder and that every system takes.</summary>
    public static bool IsPlain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.All(IsPlain) && name.Trim('.', ' ').Length != 0;
    }

    private static bool IsPlain(char character) =>
        !char.IsControl(character) && !char.IsSurrogate(character) && !"\"*/:<>?\\|".Contains(character);
}
