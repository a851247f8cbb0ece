using System.Globalization;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Kernel.Device;

/// <summary>
/// One opening of kcov's device: memory for records, and at most one task that fills it. Open, <see cref="Initialize"/>, <see cref="Map"/>, then as often as wanted <see cref="Enable"/>, work,
/// <see cref="Disable"/>.
/// </summary>
/// <remarks>
/// kcov traces an operating-system thread: between <see cref="Enable"/> and <see cref="Disable"/> there must be no <c>await</c>. A thread traces for one device at a time, a device one thread. Threads and
/// processes that a traced one starts are not traced; they inherit the descriptor and can enable it themselves. A thread's end disables. Source: <c>kernel/kcov.c</c> of Linux 6.1.
/// </remarks>
public sealed class KcovDevice : IDisposable
{
    /// <summary>Where the device is when debugfs is mounted.</summary>
    public const string DefaultPath = "/sys/kernel/debug/kcov";

    /// <summary>Words of the smallest area: the count and one PC.</summary>
    public const int LeastWords = 2;

    /// <summary>Words of the largest area: 2 GiB.</summary>
    public const int MostWords = int.MaxValue / sizeof(ulong);

    private readonly IKernelCalls _calls;
    private readonly string _path;

    // Read and written by whoever drives the device. What the kernel knows of tasks that end it does not know, so it explains errors and never prevents a call.
    private bool _isEnabled;

    private KcovDevice(IKernelCalls calls, string path, int descriptor)
    {
        _calls = calls;
        _path = path;
        Descriptor = descriptor;
    }

    /// <summary>The descriptor, which programs that are started inherit; -1 when closed.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Words of each area; 0 before <see cref="Initialize"/>.</summary>
    public int Words { get; private set; }

    /// <summary>Opens the device.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="calls">The kernel; null for that of this machine.</param>
    /// <exception cref="KcovException">It cannot be opened; <see cref="KcovException.Error"/> tells why.</exception>
    public static KcovDevice Open(string path = DefaultPath, IKernelCalls? calls = null)
    {
        calls ??= LinuxCalls.Instance;
        int descriptor = calls.Open(path);
        return descriptor >= 0
            ? new KcovDevice(calls, path, descriptor)
            : throw new KcovException(KcovFailure.CannotOpen, -descriptor, $"{path}: cannot be opened ({ErrorNumber.NameOf(-descriptor)})");
    }

    /// <summary>Takes memory; once for each opening.</summary>
    /// <param name="words">Words of each area, from <see cref="LeastWords"/> to <see cref="MostWords"/>.</param>
    /// <exception cref="KcovException">The number is out of range, the device has its memory already, or the kernel has none.</exception>
    public void Initialize(long words)
    {
        int error = -_calls.Control(Descriptor, KcovRequests.InitTrace, (ulong)words);
        switch (error)
        {
            case 0:
                Words = (int)words;
                break;
            case ErrorNumber.Busy:
                throw Failed(KcovFailure.AlreadyInitialized, error, "the device has its memory already; open it again for another size");
            case ErrorNumber.Invalid:
                throw Failed(KcovFailure.SizeOutOfRange, error, string.Create(CultureInfo.InvariantCulture, $"{words} words; expected {LeastWords} to {MostWords}"));
            case ErrorNumber.NoMemory:
                throw Failed(KcovFailure.OutOfMemory, error, string.Create(CultureInfo.InvariantCulture, $"the kernel has no memory for {words} words of 8 bytes; take fewer"));
            default:
                throw Failed(KcovFailure.Other, error, "no memory was given");
        }
    }

    /// <summary>Maps an area.</summary>
    /// <param name="isWritable">False for a view that is for reading alone.</param>
    /// <param name="number">0 for the area of every mode; 1 for the area of edges that some kernels have behind it.</param>
    /// <exception cref="KcovException">The device has no memory yet, or no such area.</exception>
    public KcovArea Map(bool isWritable = true, int number = 0)
    {
        long length = (long)Words * sizeof(ulong);
        long address = _calls.Map(Descriptor, number * length, length, isWritable);
        return address switch
        {
            >= 0 => new KcovArea(_calls, address, Words, isWritable),
            // Addresses of the kernel's half read as numbers below zero, and no mapping lies there: what is left is an error.
            _ when Words == 0 => throw Failed(KcovFailure.NotInitialized, (int)-address, "there is nothing to map before the device has its memory"),
            _ => throw Failed(KcovFailure.MappingRefused, (int)-address, string.Create(CultureInfo.InvariantCulture, $"area {number} of {length} bytes cannot be mapped")),
        };
    }

    /// <summary>Begins to trace this thread.</summary>
    /// <param name="mode">0 for PCs, 1 for compares; kernels with unique modes know more.</param>
    /// <exception cref="KcovException">The kernel does not know the mode, the device has no memory or traces already, or this thread is traced for another.</exception>
    public void Enable(ulong mode) => Enabled(_calls.Control(Descriptor, KcovRequests.Enable, mode), mode);

    /// <summary>Begins to trace what the kernel does elsewhere for some handles.</summary>
    /// <exception cref="KcovException">As for <see cref="Enable"/>, or a handle is refused or taken.</exception>
    public void EnableRemote(RemoteTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        int answer = _calls.Control(Descriptor, KcovRequests.RemoteEnable, trace.Encode());
        if (-answer == ErrorNumber.Exists)
        {
            throw Failed(KcovFailure.HandleTaken, -answer, "another device has a handle of these");
        }

        if (-answer == ErrorNumber.Invalid && Words > 0 && !_isEnabled && trace.Mode <= 1)
        {
            throw Failed(KcovFailure.HandleRefused, -answer, $"a handle has its subsystem in the highest byte, its instance in the lowest four and zeros between; at most {RemoteTrace.MostHandles}, areas of {LeastWords} words or more");
        }

        Enabled(answer, trace.Mode);
    }

    /// <summary>Begins to trace each PC once, on kernels with KCOV_UNIQUE_ENABLE.</summary>
    /// <param name="bitmapWords">Words of the area, from its start, that are a bitmap; the count and the PCs follow.</param>
    /// <exception cref="KcovException">As for <see cref="Enable"/>; <see cref="KcovFailure.UnknownRequest"/> on kernels without it.</exception>
    public void EnableUnique(long bitmapWords) => Enabled(_calls.Control(Descriptor, KcovRequests.UniqueEnable, (ulong)bitmapWords), mode: 0);

    /// <summary>Asks the kernel to clear bitmap and count, on kernels with KCOV_RESET_TRACE.</summary>
    /// <exception cref="KcovException"><see cref="KcovFailure.UnknownRequest"/> on kernels without it.</exception>
    public void ResetTrace()
    {
        int error = -_calls.Control(Descriptor, KcovRequests.ResetTrace, 0);
        if (error != 0)
        {
            throw Failed(error == ErrorNumber.UnknownRequest ? KcovFailure.UnknownRequest : KcovFailure.NotEnabledHere, error, "KCOV_RESET_TRACE was refused");
        }
    }

    /// <summary>Ends the trace of this thread.</summary>
    /// <exception cref="KcovException">The device does not trace this thread.</exception>
    public void Disable()
    {
        int error = -_calls.Control(Descriptor, KcovRequests.Disable, 0);
        if (error != 0)
        {
            throw Failed(KcovFailure.NotEnabledHere, error, "the device does not trace this thread");
        }

        _isEnabled = false;
    }

    /// <summary>Closes the device. A thread that it still traces goes on until its end, and mappings stay.</summary>
    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _calls.Close(Descriptor);
            Descriptor = -1;
        }
    }

    private void Enabled(int answer, ulong mode)
    {
        switch (-answer)
        {
            case 0:
                _isEnabled = true;
                return;
            case ErrorNumber.Busy:
                throw Failed(KcovFailure.TaskIsTraced, ErrorNumber.Busy, "this thread is traced for another device already");
            case ErrorNumber.NotSupported:
                throw Failed(KcovFailure.ModeNotBuilt, ErrorNumber.NotSupported, $"the kernel was built without mode {mode} (compares need CONFIG_KCOV_ENABLE_COMPARISONS)");
            case ErrorNumber.UnknownRequest:
                throw Failed(KcovFailure.UnknownRequest, ErrorNumber.UnknownRequest, "the kernel has no such request");
            case ErrorNumber.Invalid when Words == 0:
                throw Failed(KcovFailure.NotInitialized, ErrorNumber.Invalid, "the device has no memory yet");
            case ErrorNumber.Invalid when _isEnabled:
                throw Failed(KcovFailure.AlreadyEnabled, ErrorNumber.Invalid, "the device traces a thread already");
            case ErrorNumber.Invalid:
                throw Failed(KcovFailure.ModeUnknown, ErrorNumber.Invalid, $"the kernel does not know mode {mode}");
            default:
                throw Failed(KcovFailure.Other, -answer, "tracing was refused");
        }
    }

    private KcovException Failed(KcovFailure failure, int error, string what) => new(failure, error, $"{_path}: {what} ({ErrorNumber.NameOf(error)})");
}
