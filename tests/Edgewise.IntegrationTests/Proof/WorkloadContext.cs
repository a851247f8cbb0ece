using System.Reflection;
using System.Runtime.Loader;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>The workloads with some of their assemblies replaced by instrumented images, in a load context of their own.</summary>
internal sealed class WorkloadContext : AssemblyLoadContext
{
    private readonly IReadOnlyDictionary<string, byte[]> _images;
    private readonly Func<string, string> _run;

    /// <summary>Loads the program <c>Workloads</c>.</summary>
    /// <param name="images">Images by file name; what is not among them comes from the program's folder.</param>
    public WorkloadContext(IReadOnlyDictionary<string, byte[]> images)
        : base("workloads", isCollectible: false)
    {
        _images = images;
        Type catalog = LoadFromAssemblyName(new AssemblyName("Workloads")).GetType("Workloads.Catalog", throwOnError: true)!;
        _run = catalog.GetMethod("Run")!.CreateDelegate<Func<string, string>>();
    }

    /// <summary>Runs a workload and returns its output.</summary>
    public string Run(string workload) => _run(workload);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = assemblyName.Name + ".dll";
        if (_images.TryGetValue(file, out byte[]? image))
        {
            return LoadFromStream(new MemoryStream(image));
        }

        string path = Path.Combine(RealAssemblies.Folder, file);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
