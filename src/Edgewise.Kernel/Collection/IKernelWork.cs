using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Collection;

/// <summary>Something whose system calls are recorded. It may be done several times.</summary>
public interface IKernelWork
{
    /// <summary>Does it in a task that is traced.</summary>
    /// <param name="device">The device, with its memory, not enabled.</param>
    /// <param name="activation">How the task has to ask.</param>
    /// <param name="areas">The areas, mapped here.</param>
    /// <exception cref="KernelException">It cannot be done.</exception>
    /// <exception cref="KcovException">The kernel refuses to trace.</exception>
    void Do(KcovDevice device, KcovActivation activation, IReadOnlyList<KcovArea> areas);
}
