using System.Diagnostics;

namespace Edgewise.Tests.Runtime;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallFileSystem()
    {
    }

    public string Path => _folder.Path;

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    public static SmallFileSystem Mount(int kilobytes)
    {
        var small = new SmallFileSystem();
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "edgewise-test", small.Path) != 0)
        {
            small._folder.Dispose();
            Assert.Skip("needs mount: run the tests as root on Linux");
        }

        return small;
    }

    public void Dispose()
    {
        // Lazily: mapped files keep the file system busy until the process ends.
        _ = Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
