namespace Edgewise.Runtime.Sessions;

/// <summary>Why a session refuses, as the kernel's error numbers do.</summary>
public enum TraceSessionError
{
    /// <summary>EINVAL: a size, a mode, or a call in the wrong state or on the wrong thread.</summary>
    Invalid,

    /// <summary>EBUSY: the thread is traced by another session.</summary>
    Busy,
}
