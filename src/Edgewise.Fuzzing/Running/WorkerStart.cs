using System.Diagnostics;
using System.Reflection;
using Edgewise.Supervision;

namespace Edgewise.Fuzzing.Running;

/// <summary>
/// Starts worker processes from any program: this very program is started once more, with this library as a startup hook, which takes the process over before
/// the program's own code runs.
/// </summary>
public static class WorkerStart
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>How to start a worker.</summary>
    /// <exception cref="SupervisionException">This process has no program that could be started once more.</exception>
    public static ProcessStartInfo FromThisProgram(WorkerOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        string program = Environment.ProcessPath ?? throw new SupervisionException("the path of this process is unknown, so no worker can be started from it");
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            string main = Assembly.GetEntryAssembly()?.Location ?? "";
            start.ArgumentList.Add(main.Length > 0 ? main : throw new SupervisionException("this process has no program that could be started once more as a worker"));
        }

        start.Environment[Hooks] = typeof(WorkerStart).Assembly.Location;
        start.Environment[WorkerOrder.Variable] = order.ToText();
        // Profiles of what runs hot are worth more to a campaign than a quick start.
        start.Environment["DOTNET_TieredPGO"] = "1";
        return start;
    }
}
