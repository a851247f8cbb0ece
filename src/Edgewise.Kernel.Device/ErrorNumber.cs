namespace Edgewise.Kernel.Device;

/// <summary>Numbers of Linux's errors that kcov answers with.</summary>
/// <remarks>Source: <c>asm-generic/errno-base.h</c>, <c>linux/errno.h</c>. 524 is internal to the kernel, and still comes out of kcov.</remarks>
public static class ErrorNumber
{
    /// <summary>Not permitted: the kernel is locked down, say.</summary>
    public const int Permission = 1;

    /// <summary>No such file.</summary>
    public const int NoEntry = 2;

    /// <summary>No memory.</summary>
    public const int NoMemory = 12;

    /// <summary>May not be accessed.</summary>
    public const int Access = 13;

    /// <summary>In use.</summary>
    public const int Busy = 16;

    /// <summary>Is there already.</summary>
    public const int Exists = 17;

    /// <summary>A value or a state that does not fit.</summary>
    public const int Invalid = 22;

    /// <summary>The device does not know the request.</summary>
    public const int UnknownRequest = 25;

    /// <summary>The kernel was built without it.</summary>
    public const int NotSupported = 524;

    /// <summary>The error's name in C: <c>EINVAL</c>.</summary>
    public static string NameOf(int error) => error switch
    {
        0 => "OK",
        Permission => "EPERM",
        NoEntry => "ENOENT",
        NoMemory => "ENOMEM",
        Access => "EACCES",
        Busy => "EBUSY",
        Exists => "EEXIST",
        Invalid => "EINVAL",
        UnknownRequest => "ENOTTY",
        NotSupported => "ENOTSUPP",
        _ => $"error {error}",
    };
}
