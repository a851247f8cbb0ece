using System.Runtime.InteropServices;

namespace Edgewise.Supervision;

/// <summary>The <c>dotnet</c> command that would run a program on this machine, and the installation that it belongs to.</summary>
/// <remarks>
/// Looked for as a shell and the .NET tools do: <c>DOTNET_HOST_PATH</c> (which a running <c>dotnet</c> sets for its children), then
/// <c>PATH</c>, then <c>DOTNET_ROOT_&lt;ARCHITECTURE&gt;</c> and <c>DOTNET_ROOT</c>, then the default places of each system.
/// </remarks>
public sealed class DotnetHost
{
    private DotnetHost(string path)
    {
        Path = path;
        string real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        Root = System.IO.Path.GetDirectoryName(real)!;
    }

    /// <summary>Full path of the command, as found (perhaps a symbolic link).</summary>
    public string Path { get; }

    /// <summary>Folder of the installation: <c>shared/</c> with the frameworks stands in it.</summary>
    public string Root { get; }

    private static string FileName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Finds the command with the environment of this process.</summary>
    /// <exception cref="SupervisionException">There is none.</exception>
    public static DotnetHost Find() => Find(Environment.GetEnvironmentVariable);

    internal static DotnetHost Find(Func<string, string?> variable)
    {
        foreach (string candidate in Candidates(variable))
        {
            if (File.Exists(candidate))
            {
                return new DotnetHost(System.IO.Path.GetFullPath(candidate));
            }
        }

        throw new SupervisionException(
            "the 'dotnet' command was not found: not by DOTNET_HOST_PATH, PATH or DOTNET_ROOT, nor in the default places; install the .NET runtime or set DOTNET_ROOT");
    }

    private static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        if (variable("DOTNET_HOST_PATH") is { Length: > 0 } host)
        {
            yield return host;
        }

        foreach (string folder in (variable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return System.IO.Path.Combine(folder, FileName);
        }

        string architecture = RuntimeInformation.OSArchitecture.ToString().ToUpperInvariant();
        foreach (string name in (string[])[$"DOTNET_ROOT_{architecture}", "DOTNET_ROOT"])
        {
            if (variable(name) is { Length: > 0 } root)
            {
                yield return System.IO.Path.Combine(root, FileName);
            }
        }

        string[] defaults = OperatingSystem.IsWindows()
            ? [System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet")]
            : ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet"];
        foreach (string folder in defaults)
        {
            yield return System.IO.Path.Combine(folder, FileName);
        }
    }
}
