namespace Edgewise.Kernel.Device;

/// <summary>Why kcov refused something. The kernel says EINVAL to most of it; what it meant follows from what was asked, and when.</summary>
public enum KcovFailure
{
    /// <summary>The device could not be opened.</summary>
    CannotOpen,

    /// <summary>The number of words is none from <see cref="KcovDevice.LeastWords"/> to <see cref="KcovDevice.MostWords"/>.</summary>
    SizeOutOfRange,

    /// <summary>The device has its memory already.</summary>
    AlreadyInitialized,

    /// <summary>The device has no memory yet.</summary>
    NotInitialized,

    /// <summary>The kernel has no memory for so many words.</summary>
    OutOfMemory,

    /// <summary>The mapping is not the whole of an area.</summary>
    MappingRefused,

    /// <summary>The kernel does not know the mode.</summary>
    ModeUnknown,

    /// <summary>The kernel was built without the mode.</summary>
    ModeNotBuilt,

    /// <summary>The device traces a task already.</summary>
    AlreadyEnabled,

    /// <summary>Another device traces this task already.</summary>
    TaskIsTraced,

    /// <summary>The device does not trace this task.</summary>
    NotEnabledHere,

    /// <summary>A handle is none, or there are too many.</summary>
    HandleRefused,

    /// <summary>Another device has the handle.</summary>
    HandleTaken,

    /// <summary>The kernel does not know the request.</summary>
    UnknownRequest,

    /// <summary>Something else; the number of the error tells.</summary>
    Other,
}
