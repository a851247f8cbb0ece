namespace Edgewise.IntegrationTests.Proof;

/// <summary>The assemblies that the proof instruments, in the output folder of the program <c>Workloads</c>.</summary>
internal static class RealAssemblies
{
    /// <summary>The seven packages and the program itself.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Workloads.dll", "Markdig.dll", "YamlDotNet.dll", "Newtonsoft.Json.dll", "ICSharpCode.SharpZipLib.dll", "AngleSharp.dll",
        "Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll",
    ];

    /// <summary>The same without Roslyn.</summary>
    public static IReadOnlyList<string> Small { get; } = [.. All.Take(6)];

    /// <summary>Names of all workloads.</summary>
    public static IReadOnlyList<string> Workloads { get; } = ["minijson", "newtonsoft", "markdig", "yamldotnet", "sharpziplib", "anglesharp", "roslyn"];

    /// <summary>The same without the one that needs Roslyn.</summary>
    public static IReadOnlyList<string> SmallWorkloads { get; } = [.. Workloads.Take(6)];

    /// <summary>Output folder of the program.</summary>
    public static string Folder { get; } = FolderOf("Workloads");

    /// <summary>Folder of the shared framework that this process runs on.</summary>
    public static string FrameworkFolder { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Output folder of a program under <c>tests/Programs</c>, built with the same configuration as this test.</summary>
    public static string FolderOf(string program)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(output.Parent!.Parent!.FullName, program, output.Name);
    }
}
