using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Supervision;

namespace Edgewise.Hosting.Programs;

/// <summary>A program as the build left it: its assembly and what stands beside it. Everything that would keep it from starting is told here.</summary>
public sealed class TargetProgram
{
    /// <summary>The Runtime, which is loaded into the program, is built for this version of .NET.</summary>
    private const int LowestMajor = 8;

    private TargetProgram(string path, RuntimeConfiguration configuration, DependencyManifest dependencies, DotnetHost host)
    {
        Path = path;
        Configuration = configuration;
        Dependencies = dependencies;
        Host = host;
    }

    /// <summary>Full path of the program's assembly; a symbolic link is resolved, as the host does.</summary>
    public string Path { get; }

    /// <summary>Folder of the program, without a separator at its end.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>File name of the program's assembly.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Simple name of the program's assembly.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its <c>runtimeconfig.json</c>.</summary>
    public RuntimeConfiguration Configuration { get; }

    /// <summary>Its <c>deps.json</c>.</summary>
    public DependencyManifest Dependencies { get; }

    /// <summary>The <c>dotnet</c> command that will run it.</summary>
    public DotnetHost Host { get; }

    /// <summary>Reads and checks a program.</summary>
    /// <param name="path">Its .dll, as the user gave it; messages repeat it.</param>
    /// <exception cref="HostingException">It cannot run, and why.</exception>
    /// <exception cref="SupervisionException">There is no <c>dotnet</c>.</exception>
    public static TargetProgram Open(string path)
    {
        byte[] image = ModuleFile.Read(path);
        string real = System.IO.Path.GetFullPath(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        string[] references = ReadReferences(path, image);
        RuntimeConfiguration configuration = RuntimeConfiguration.Read(System.IO.Path.ChangeExtension(real, ".runtimeconfig.json"));
        DependencyManifest dependencies = DependencyManifest.Read(System.IO.Path.ChangeExtension(real, ".deps.json"));
        var program = new TargetProgram(real, configuration, dependencies, DotnetHost.Find());
        program.CheckConfiguration(path);
        program.CheckReferences(path, references);
        return program;
    }

    /// <summary>True where the program finds an assembly of this name in its own folder: named by its deps.json, or any .dll where it has none.</summary>
    public bool CanLoad(string name) =>
        File.Exists(System.IO.Path.Combine(Folder, name + ".dll"))
        && (Dependencies.Libraries.Count == 0 || Dependencies.Libraries.Any(l => l.Assemblies.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private static string[] ReadReferences(string path, byte[] image)
    {
        try
        {
            using var reader = new PEReader(new MemoryStream(image));
            if (reader.PEHeaders.CorHeader!.EntryPointTokenOrRelativeVirtualAddress == 0)
            {
                throw new HostingException($"{path}: has no entry point, so it is a library; pass the .dll of a program that uses it");
            }

            MetadataReader metadata = reader.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
        }
        catch (BadImageFormatException e)
        {
            throw new HostingException($"{path}: is a damaged or truncated image: {e.Message}", e);
        }
    }

    private void CheckConfiguration(string path)
    {
        if (Configuration.IsSelfContained)
        {
            throw new HostingException(
                $"{path}: is a self-contained program, which 'dotnet {FileName}' cannot run; publish it with --self-contained false");
        }

        if (!Configuration.AllowsStartupHooks)
        {
            throw new HostingException(
                $"{path}: its runtimeconfig.json sets System.StartupHookProvider.IsSupported to false, so the coverage runtime cannot be brought in; build it with StartupHookSupport=true");
        }

        foreach (FrameworkReference framework in Configuration.Frameworks)
        {
            string? folder = framework.FindFolder(Host.Root);
            if (folder is null)
            {
                string installed = string.Join(", ", FrameworkReference.InstalledVersions(System.IO.Path.Combine(Host.Root, "shared", framework.Name)));
                throw new HostingException(
                    $"{path}: needs {framework.Name} {framework.Version}, and {Host.Root} has {(installed.Length == 0 ? "none" : $"only {installed}")}; install it, or set DOTNET_ROLL_FORWARD=Major");
            }

            if (framework.Name == "Microsoft.NETCore.App" && new FrameworkReference("", System.IO.Path.GetFileName(folder), null).Major < LowestMajor)
            {
                throw new HostingException($"{path}: runs on .NET {System.IO.Path.GetFileName(folder)}; 'run' takes programs for .NET {LowestMajor} and later");
            }
        }
    }

    /// <summary>The program's own references only: those of libraries may well be for code that never runs.</summary>
    private void CheckReferences(string path, string[] references)
    {
        if (Configuration.HasProbingPaths || Environment.GetEnvironmentVariable("DOTNET_SHARED_STORE") is { Length: > 0 })
        {
            return;
        }

        string[] folders = [Folder, .. Configuration.Frameworks.Select(f => f.FindFolder(Host.Root)!)];
        foreach (string reference in references)
        {
            bool isThere = Array.Exists(folders, folder => File.Exists(System.IO.Path.Combine(folder, reference + ".dll")))
                || File.Exists(System.IO.Path.Combine(Folder, reference + ".exe"))
                || Dependencies.Libraries.Any(l => l.Type != "project" && l.Assemblies.Contains(reference) && AssemblyInventory.Holds(Folder, reference + ".dll"));
            if (!isThere)
            {
                throw new HostingException($"{path}: references {reference}, and there is no {reference}.dll beside it");
            }
        }
    }
}
