using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Machine;

/// <summary>Why kcov's device cannot be opened, and what to do.</summary>
public static class KcovDiagnosis
{
    private const string Build = "build the kernel with CONFIG_KCOV=y, CONFIG_KCOV_INSTRUMENT_ALL=y, CONFIG_KCOV_ENABLE_COMPARISONS=y and CONFIG_DEBUG_FS=y, or use one in a virtual machine (tests/kernel of Edgewise's sources does that)";

    /// <summary>The reason in a sentence or two.</summary>
    /// <param name="files">Where the kernel tells of itself.</param>
    /// <param name="error">Number of the error that came of opening the device.</param>
    /// <param name="isRoot">True if this process runs as root.</param>
    public static string Of(KernelFiles files, int error, bool isRoot)
    {
        ArgumentNullException.ThrowIfNull(files);
        string device = files.Device;
        if (error == ErrorNumber.Permission && LockdownOf(files) is { } lockdown)
        {
            return $"{device}: the kernel is locked down ({lockdown}), which closes debugfs; boot without lockdown= and without Secure Boot, or use a virtual machine";
        }

        if (!isRoot && error is ErrorNumber.Access or ErrorNumber.Permission)
        {
            return $"{device}: only root may open it; run this as root (sudo)";
        }

        // Who is not root may not even look whether debugfs is mounted there; the list of mounts tells.
        if (KernelConfiguration.Read(files) is { } configuration && !configuration.Has("CONFIG_KCOV"))
        {
            return $"{device}: this kernel was built without kcov ({configuration.Path} has no CONFIG_KCOV=y); {Build}";
        }

        if (KernelFiles.TextOf(files.FileSystems) is { } fileSystems && !fileSystems.Contains("debugfs", StringComparison.Ordinal))
        {
            return $"{device}: this kernel has no debugfs (CONFIG_DEBUG_FS); {Build}";
        }

        if (!IsMounted(files))
        {
            return $"{device}: debugfs is not mounted; as root: mount -t debugfs none {files.DebugFolder}";
        }

        return error switch
        {
            ErrorNumber.NoEntry when !isRoot => $"{device}: is not there, or only root may see it; run this as root (sudo)",
            ErrorNumber.NoEntry => $"{device}: debugfs is mounted, and there is no kcov in it: this kernel has none; {Build}",
            _ => $"{device}: cannot be opened ({ErrorNumber.NameOf(error)})",
        };
    }

    private static bool IsMounted(KernelFiles files) => KernelFiles.TextOf(files.Mounts)?
        .Split('\n')
        .Select(line => line.Split(' '))
        .Any(mount => mount.Length > 2 && mount[1] == "/sys/kernel/debug" && mount[2] == "debugfs") ?? Directory.Exists(files.DebugFolder);

    private static string? LockdownOf(KernelFiles files) =>
        KernelFiles.TextOf(files.Lockdown) is { } text && (text.Contains("[integrity]", StringComparison.Ordinal) || text.Contains("[confidentiality]", StringComparison.Ordinal)) ? text.Trim() : null;
}
