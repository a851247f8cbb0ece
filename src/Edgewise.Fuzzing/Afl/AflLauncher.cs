using System.Runtime.InteropServices;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Runtime.Formats;
using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Afl;

/// <summary>Makes the program that AFL++'s tools take for the target.</summary>
public static class AflLauncher
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // A process that is killed would leave the diagnostics' socket in the folder for temporary files, and collecting in the background needs threads.
    private static readonly string[] Variables = ["DOTNET_EnableDiagnostics=0", "DOTNET_gcConcurrent=0", "DOTNET_TieredPGO=1", "DOTNET_TieredCompilation=1"];

    /// <summary>True where AFL++ can run .NET: on Linux on x86-64.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Loads both images of a target, so that what is wrong with it shows here and not behind AFL++, and writes its launcher.</summary>
    /// <param name="settings">The target.</param>
    /// <param name="path">Where the launcher goes; replaced where it is there.</param>
    /// <param name="program">Full path of a program that calls <see cref="AflMain.RunIfOrdered"/>, and the arguments that come first; null for this one.</param>
    /// <param name="note">Receives what is worth knowing.</param>
    /// <exception cref="HostingException">The target cannot be run; the message says why.</exception>
    /// <exception cref="SupervisionException">This process has no program that could be started by a launcher.</exception>
    /// <exception cref="IOException">The launcher cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The launcher may not be written.</exception>
    public static AflLaunch Write(AflSettings settings, string path, Action<string> note, IReadOnlyList<string>? program = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(note);
        if (!OperatingSystem.IsLinux() || !IsAvailable)
        {
            throw new HostingException("AFL++ runs .NET targets on Linux on x86-64 only");
        }

        using CacheFolder folder = CacheFolder.Open(note);
        var cache = new ImageCache(folder);
        AflTarget target = AflTarget.Load(settings, cache, logsCompares: false);
        _ = AflTarget.Load(settings, cache, logsCompares: true);
        byte[] image = LauncherImage.Make([.. program ?? ThisProgram.Command(), AflMain.Verb, settings.ToText()], Variables);
        path = Path.GetFullPath(path);
        AtomicFile.Write(path, image);
        File.SetUnixFileMode(path, ForAll);
        return new AflLaunch(
            path, target.Target.Name, target.Target.Signature, [.. target.Images.Context.Modules.Keys.Order(StringComparer.Ordinal)], target.PointCount,
            target.Target.Seeds is { } seeds ? Path.Combine(Path.GetDirectoryName(settings.TargetPath)!, seeds) : null);
    }
}
