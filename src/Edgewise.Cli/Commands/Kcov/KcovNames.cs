using Edgewise.Kernel;
using Edgewise.Kernel.Machine;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>What names of places are made of: the kernel's build, and where its text begins.</summary>
/// <param name="BuildId">Build id; null where it is unknown.</param>
/// <param name="TextStart">Address of <c>_text</c>; null where it is unknown.</param>
internal sealed record KcovNames(string? BuildId, ulong? TextStart)
{
    /// <summary>Finds them out.</summary>
    /// <param name="kernel">The running kernel.</param>
    /// <param name="image">Its file, where it was given.</param>
    /// <param name="isNeeded">True where nothing can be written without them.</param>
    /// <exception cref="KernelException">They are needed, and the kernel hides them; the message says what to do.</exception>
    public static KcovNames Of(RunningKernel kernel, KernelImage? image, bool isNeeded)
    {
        if (image is not null)
        {
            return new KcovNames(image.BuildId, image.TextStart);
        }

        if (!isNeeded)
        {
            return new KcovNames(kernel.BuildId, null);
        }

        return kernel.BuildId is null
            ? throw new KernelException("/sys/kernel/notes: the running kernel tells no build id, without which names of places mean nothing; build it with --build-id, which is the default")
            : new KcovNames(kernel.BuildId, kernel.TextStart());
    }
}
