using System.Globalization;
using System.IO.Pipes;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Running;

/// <summary>A program whose first task is traced, from <c>execve</c> to its end. Its other threads and its children are not: kcov traces one task.</summary>
/// <remarks>
/// kcov traces whoever asks, and a task stays traced when it becomes another program. .NET cannot ask in a child before <c>execve</c>, so a small program of <c>native/launcher</c> does: it inherits the device,
/// asks, empties the area and becomes the program. The area belongs to the device, so that it outlives the program, whatever its end.
/// </remarks>
/// <param name="launcher">Path of the launcher.</param>
/// <param name="path">The program, found already.</param>
/// <param name="arguments">The program's name for itself, and its arguments.</param>
/// <param name="run">Starts a program with arguments; calls back when it is started, then waits for its end.</param>
public sealed class LaunchedProgram(string launcher, string path, IReadOnlyList<string> arguments, Action<string, IReadOnlyList<string>, Action> run) : IKernelWork
{
    /// <inheritdoc/>
    public void Do(KcovDevice device, KcovActivation activation, IReadOnlyList<KcovArea> areas)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(activation);
        using AnonymousPipeServerStream status = new(PipeDirection.In, HandleInheritability.Inheritable);
        List<string> all =
        [
            device.Descriptor.ToString(CultureInfo.InvariantCulture),
            status.GetClientHandleAsString(),
            device.Words.ToString(CultureInfo.InvariantCulture),
            (activation.IsEmptied ? activation.Areas : 0).ToString(CultureInfo.InvariantCulture),
            activation.Request.ToString("x", CultureInfo.InvariantCulture),
            activation.ArgumentText,
            path,
            .. arguments,
        ];
        string? failure = null;
        run(launcher, all, () =>
        {
            // The launcher has the other end now; when that closes, the program runs.
            status.DisposeLocalCopyOfClientHandle();
            using StreamReader reader = new(status);
            failure = reader.ReadLine();
        });
        if (failure is not null)
        {
            throw FailureOf(failure, activation);
        }
    }

    private Exception FailureOf(string line, KcovActivation activation)
    {
        string[] parts = line.Split(' ');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int error))
        {
            return new KernelException($"{launcher}: ended with '{line}'; a step and the number of an error expected");
        }

        return parts[0] switch
        {
            "execve" => new KernelException($"{path}: cannot be executed ({ErrorNumber.NameOf(error)}); expected a program, or a script that names its own"),
            "enable" when activation.Remote is not null => new KcovException(
                error == ErrorNumber.Exists ? KcovFailure.HandleTaken : KcovFailure.HandleRefused, error, $"kcov does not trace handle 0x{(activation.Remote.Handles.Count > 0 ? activation.Remote.Handles[0] : activation.Remote.CommonHandle):x} ({ErrorNumber.NameOf(error)})"),
            "enable" => new KcovException(KcovFailure.Other, error, $"kcov does not trace the program in mode {activation.Argument} ({ErrorNumber.NameOf(error)}){(error == ErrorNumber.NotSupported ? ": compares need CONFIG_KCOV_ENABLE_COMPARISONS" : "")}"),
            _ => new KernelException($"{launcher}: {parts[0]} failed ({ErrorNumber.NameOf(error)})"),
        };
    }
}
