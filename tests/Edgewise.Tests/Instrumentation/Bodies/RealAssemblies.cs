namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Assemblies that nobody wrote for these tests: the packages of the workloads, and the shared framework.</summary>
internal static class RealAssemblies
{
    /// <summary>File names of the seven packages.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        "Markdig.dll", "YamlDotNet.dll", "Newtonsoft.Json.dll", "ICSharpCode.SharpZipLib.dll", "AngleSharp.dll",
        "Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll",
    ];

    /// <summary>The same without the two large ones.</summary>
    public static IReadOnlyList<string> SmallPackages { get; } = [.. Packages.Take(5)];

    /// <summary>Folder of the built program <c>Workloads</c>.</summary>
    public static string WorkloadsFolder { get; } = FolderOf("Workloads");

    /// <summary>Folder of the shared framework that this process runs on; its images are ReadyToRun.</summary>
    public static string FrameworkFolder { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Path of a package's assembly.</summary>
    public static string Package(string fileName) => Path.Combine(WorkloadsFolder, fileName);

    /// <summary>Output folder of a program under <c>tests/Programs</c>, built with the same configuration as this test.</summary>
    public static string FolderOf(string program)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(output.Parent!.Parent!.FullName, program, output.Name);
    }
}
