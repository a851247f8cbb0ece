namespace Edgewise.Hosting.Programs;

/// <summary>A shared framework that a program asks for.</summary>
/// <param name="Name">For example <c>Microsoft.NETCore.App</c>.</param>
/// <param name="Version">The lowest version that will do.</param>
/// <param name="RollForward">How far a later version may be taken, or null for the host's default (<c>Minor</c>).</param>
public sealed record FrameworkReference(string Name, string Version, string? RollForward)
{
    /// <summary>Major version, or 0 where it cannot be read.</summary>
    public int Major => Parse(Version).Major;

    /// <summary>The folder of the installed version that the host would take, or null where none will do.</summary>
    /// <param name="root">Folder of the .NET installation.</param>
    /// <remarks>
    /// The host's rules as its documentation gives them: <c>DOTNET_ROLL_FORWARD</c> overrides the file, and a pre-release counts like its release.
    /// What they leave open is answered generously: the host has the last word, this only tells early that nothing fits.
    /// </remarks>
    public string? FindFolder(string root)
    {
        string folder = Path.Combine(root, "shared", Name);
        string policy = Environment.GetEnvironmentVariable("DOTNET_ROLL_FORWARD") ?? RollForward ?? "Minor";
        return InstalledVersions(folder)
            .Where(v => Satisfies(Parse(v), Parse(Version), policy))
            .OrderBy(v => policy.StartsWith("Latest", StringComparison.OrdinalIgnoreCase) ? default : (Parse(v).Major, Parse(v).Minor))
            .ThenByDescending(Parse)
            .Select(v => Path.Combine(folder, v))
            .FirstOrDefault();
    }

    /// <summary>Versions of a framework that are installed, as their folders are called.</summary>
    internal static IEnumerable<string> InstalledVersions(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)) : [];

    private static bool Satisfies(System.Version installed, System.Version asked, string policy) => policy.ToUpperInvariant() switch
    {
        "DISABLE" => installed == asked,
        "LATESTPATCH" => installed >= asked && (installed.Major, installed.Minor) == (asked.Major, asked.Minor),
        "MAJOR" or "LATESTMAJOR" => installed >= asked,
        _ => installed >= asked && installed.Major == asked.Major,
    };

    private static System.Version Parse(string text) =>
        System.Version.TryParse(text.Split('-', '+')[0], out System.Version? version) ? version : new System.Version(0, 0, 0);
}
