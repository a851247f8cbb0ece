using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Where the checks run: a kernel, or what one has answered, and the work that is traced there.</summary>
/// <param name="Calls">The kernel.</param>
/// <param name="Perform">Does a piece of work by name: one of <see cref="KernelWork"/>.</param>
public sealed record KernelLab(IKernelCalls Calls, Action<string> Perform)
{
    /// <summary>An open device.</summary>
    public KcovDevice Open() => KcovDevice.Open(KcovDevice.DefaultPath, Calls);

    /// <summary>An open device with its memory.</summary>
    public KcovDevice Open(long words)
    {
        KcovDevice device = Open();
        device.Initialize(words);
        return device;
    }

    /// <summary>The error of something, and what the library takes it for: <c>EINVAL NotInitialized</c>; <c>OK</c> where it goes well.</summary>
    public static string AnswerOf(Action action)
    {
        try
        {
            action();
            return "OK";
        }
        catch (KcovException e)
        {
            return $"{ErrorNumber.NameOf(e.Error)} {e.Failure}";
        }
    }

    /// <summary>Runs something on a thread of its own, to its end.</summary>
    public static T OnOtherThread<T>(Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception e)
            {
                // Told to whoever waits: an exception that leaves a thread ends the process.
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException($"on the other thread: {failure.Message}", failure);
    }
}
