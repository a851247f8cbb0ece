using System.Runtime.InteropServices;

namespace Edgewise.Kernel.Device;

/// <summary>What kcov can be asked for, as numbers of <c>ioctl</c>.</summary>
/// <remarks>
/// Source: <c>include/uapi/linux/kcov.h</c>; the proposed ones from the patches of 2025. A number is direction (bits 30–31), size of the argument (16–29), 'c' (8–15) and number (0–7). Patches that are in no
/// kernel use some numbers twice, so a feature is tried, never told from a number.
/// </remarks>
public static class KcovRequests
{
    private const uint Kind = 'c' << 8, None = 0, Write = 1u << 30, Read = 2u << 30;

    /// <summary>KCOV_INIT_TRACE: takes memory; the argument is the number of words.</summary>
    public static ulong InitTrace { get; } = Read | ((uint)nint.Size << 16) | Kind | 1;

    /// <summary>KCOV_ENABLE: traces the task that asks; the argument is the mode.</summary>
    public const ulong Enable = None | Kind | 100;

    /// <summary>KCOV_DISABLE: ends it; the argument is 0.</summary>
    public const ulong Disable = None | Kind | 101;

    /// <summary>KCOV_REMOTE_ENABLE: traces what the kernel does elsewhere for some handles; the argument is a <see cref="RemoteTrace"/>.</summary>
    public const ulong RemoteEnable = Write | (RemoteTrace.HeaderBytes << 16) | Kind | 102;

    /// <summary>KCOV_UNIQUE_ENABLE, proposed in 2025 (guards and a bitmap): the argument is the number of words of the bitmap.</summary>
    public static ulong UniqueEnable { get; } = Write | ((uint)nint.Size << 16) | Kind | 103;

    /// <summary>KCOV_RESET_TRACE, proposed with it.</summary>
    public const ulong ResetTrace = None | Kind | 104;
}
