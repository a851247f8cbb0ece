using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Machine;

/// <summary>The files in which Linux tells of itself.</summary>
/// <param name="Root">Folder that stands for <c>/</c>.</param>
public sealed record KernelFiles(string Root = "/")
{
    /// <summary>kcov's device.</summary>
    public string Device => Of(KcovDevice.DefaultPath);

    /// <summary>Where debugfs belongs.</summary>
    public string DebugFolder => Of("/sys/kernel/debug");

    /// <summary>The kernel's notes, its build id among them.</summary>
    public string Notes => Of("/sys/kernel/notes");

    /// <summary>The kernel's symbols with their addresses; zeros where it hides them.</summary>
    public string Symbols => Of("/proc/kallsyms");

    /// <summary>The kernel's release: <c>6.1.0-18-amd64</c>.</summary>
    public string Release => Of("/proc/sys/kernel/osrelease");

    /// <summary>Who sees addresses: 0 all, 1 root, 2 nobody.</summary>
    public string PointerRestriction => Of("/proc/sys/kernel/kptr_restrict");

    /// <summary>What is mounted where.</summary>
    public string Mounts => Of("/proc/self/mounts");

    /// <summary>Kinds of file systems that the kernel has.</summary>
    public string FileSystems => Of("/proc/filesystems");

    /// <summary>How far the kernel is locked down: <c>none [integrity] confidentiality</c>.</summary>
    public string Lockdown => Of("/sys/kernel/security/lockdown");

    /// <summary>The kernel's configuration, packed, where it carries it.</summary>
    public string PackedConfiguration => Of("/proc/config.gz");

    /// <summary>The configuration that distributions put beside the kernel of a release.</summary>
    public string ConfigurationOf(string release) => Of($"/boot/config-{release}");

    /// <summary>The text of a file; null where it is not there or may not be read.</summary>
    public static string? TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Of(string path) => Path.Combine(Root, path[1..]);
}
