using System.Diagnostics;
using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Running;

/// <summary>
/// Starts worker processes from any program: this very program is started once more, with this library as a startup hook, which takes the process over before
/// the program's own code runs.
/// </summary>
public static class WorkerStart
{
    /// <summary>How to start a worker.</summary>
    /// <exception cref="SupervisionException">This process has no program that could be started once more.</exception>
    public static ProcessStartInfo FromThisProgram(WorkerOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        ProcessStartInfo start = ThisProgram.StartWith(typeof(WorkerStart).Assembly);
        start.Environment[WorkerOrder.Variable] = order.ToText();
        // Profiles of what runs hot are worth more to a campaign than a quick start.
        start.Environment["DOTNET_TieredPGO"] = "1";
        return start;
    }
}
