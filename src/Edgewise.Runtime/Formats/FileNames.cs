using System.Globalization;

namespace Edgewise.Runtime.Formats;

/// <summary>Names of the files that a run leaves. Module names come from files and are never trusted as paths.</summary>
public static class FileNames
{
    /// <summary>How the name of a process's own map ends.</summary>
    public const string MapEnding = ".edgewise-map";

    private const int LongestModuleName = 160;
    private const string SancovEnding = "sancov";

    /// <summary><c>Markdig.dll.4711.sancov</c>: the PCs that one process reached in one module.</summary>
    public static string Sancov(string moduleName, int processId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Plain(moduleName)}.{processId}.sancov");

    /// <summary><c>Markdig.dll.0123456789abcdef.points</c>: the point set of one build of a module.</summary>
    public static string Points(string moduleName, string identityText) => $"{Plain(moduleName)}.{identityText}.points";

    /// <summary><c>run.4711.json</c>: what ran, and how it ended.</summary>
    public static string Run(int processId) => string.Create(CultureInfo.InvariantCulture, $"run.{processId}.json");

    /// <summary><c>4711.edgewise-map</c>: the map of a process under <c>coverage_direct=1</c>.</summary>
    public static string Map(int processId) => string.Create(CultureInfo.InvariantCulture, $"{processId}{MapEnding}");

    /// <summary><c>live.4711</c>: folder with the map of a program that runs, and point sets.</summary>
    /// <param name="processId">The process that holds the map; null for a pattern that fits all.</param>
    public static string LiveFolder(int? processId) =>
        processId is { } id ? string.Create(CultureInfo.InvariantCulture, $"live.{id}") : "live.*";

    /// <summary><c>Markdig.dll.4711.bitset-sancov</c>: which points of a module one process reached.</summary>
    public static string Bitset(string moduleName, int processId) => $"{Sancov(moduleName, processId)[..^SancovEnding.Length]}bitset-sancov";

    /// <summary><c>Markdig.dll.4711.counters-sancov</c>: how often one process reached the points of a module.</summary>
    public static string Counters(string moduleName, int processId) => $"{Sancov(moduleName, processId)[..^SancovEnding.Length]}counters-sancov";

    /// <summary><c>4711.sancov.packed</c>: all <c>.sancov</c> files of a process in one.</summary>
    public static string Packed(int processId) => string.Create(CultureInfo.InvariantCulture, $"{processId}.sancov.packed");

    /// <summary><c>4711.sancov.map</c>: where in the PCs of <see cref="Raw"/> each module lies.</summary>
    public static string RawMap(int processId) => string.Create(CultureInfo.InvariantCulture, $"{processId}.sancov.map");

    /// <summary><c>4711.sancov.raw</c>: the PCs that a process reached, by point.</summary>
    public static string Raw(int processId) => string.Create(CultureInfo.InvariantCulture, $"{processId}.sancov.raw");

    /// <summary><c>caller-callee.4711.sancov</c>: who called whom through a pointer, a delegate or a virtual method.</summary>
    public static string CallerCallee(int processId) => Sancov("caller-callee", processId);

    /// <summary><c>compares.4711.txt</c>: what traced sites compared last.</summary>
    public static string Compares(int processId) => string.Create(CultureInfo.InvariantCulture, $"compares.{processId}.txt");

    /// <summary><c>trace-points.4711.sancov</c>: the points that trace events name.</summary>
    public static string TracePoints(int processId) => Sancov("trace-points", processId);

    /// <summary><c>trace-compunits.4711.sancov</c>: the modules of those points.</summary>
    public static string TraceUnits(int processId) => Sancov("trace-compunits", processId);

    /// <summary><c>trace-events.4711.sancov</c>, <c>trace-events.4711-2.sancov</c>: the points that a thread went through, in order.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="thread">Which of its traced threads, from 1 on.</param>
    public static string TraceEvents(int processId, int thread) => thread == 1
        ? Sancov("trace-events", processId)
        : string.Create(CultureInfo.InvariantCulture, $"trace-events.{processId}-{thread}.sancov");

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
