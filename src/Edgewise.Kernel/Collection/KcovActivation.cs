using System.Globalization;
using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Collection;

/// <summary>How a task asks to be traced: the request and its argument. Either this thread asks, or a program's first task does.</summary>
/// <param name="Request">One of <see cref="KcovRequests"/>.</param>
/// <param name="Argument">A number; not used with <paramref name="Remote"/>.</param>
/// <param name="Remote">The structure, for remote traces.</param>
/// <param name="Areas">Areas that there are: 2 where one is of edges.</param>
/// <param name="IsEmptied">
/// True where areas are emptied when the task is traced, which takes the end of its request out of them. Not where the kernel remembers what it recorded: it would not tell that again.
/// </param>
public sealed record KcovActivation(ulong Request, ulong Argument, RemoteTrace? Remote, int Areas, bool IsEmptied)
{
    /// <summary>Traces this thread.</summary>
    /// <exception cref="KcovException">The kernel refuses.</exception>
    public void Enable(KcovDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Remote is not null)
        {
            device.EnableRemote(Remote);
        }
        else if (Request == KcovRequests.UniqueEnable)
        {
            device.EnableUnique((long)Argument);
        }
        else
        {
            device.Enable(Argument);
        }
    }

    /// <summary>The argument as the launcher reads it: a number in hex, or the bytes of the structure behind an <c>x</c>.</summary>
    public string ArgumentText => Remote is null ? Argument.ToString("x", CultureInfo.InvariantCulture) : "x" + Convert.ToHexStringLower(Remote.Encode());
}
