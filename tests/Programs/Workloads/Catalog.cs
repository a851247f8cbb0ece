namespace Workloads;

/// <summary>The workloads by name, in the order in which <c>all</c> runs them; each returns its whole output as text.</summary>
public static class Catalog
{
    /// <summary>Every workload. Each is deterministic, runs on the calling thread, and throws where its result is wrong.</summary>
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = new Dictionary<string, Func<string>>
    {
        ["minijson"] = MiniJsonWorkload.Run,
        ["newtonsoft"] = NewtonsoftWorkload.Run,
        ["markdig"] = MarkdigWorkload.Run,
        ["yamldotnet"] = YamlDotNetWorkload.Run,
        ["sharpziplib"] = SharpZipLibWorkload.Run,
        ["anglesharp"] = AngleSharpWorkload.Run,
        ["roslyn"] = RoslynWorkload.Run,
    };

    /// <summary>Runs the workload of a name; for callers that load this assembly beside others and know it by reflection only.</summary>
    public static string Run(string name) => All[name]();
}
