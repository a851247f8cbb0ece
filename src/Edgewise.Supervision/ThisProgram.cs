using System.Diagnostics;
using System.Reflection;

namespace Edgewise.Supervision;

/// <summary>The program that runs in this process, to be started once more.</summary>
public static class ThisProgram
{
    /// <summary>Where the runtime reads the paths of startup hooks.</summary>
    public const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Its command: the full path of its executable; for <c>dotnet</c> also that of the assembly.</summary>
    /// <exception cref="SupervisionException">This process has no program that could be started once more.</exception>
    public static IReadOnlyList<string> Command()
    {
        string program = Environment.ProcessPath ?? throw new SupervisionException("the path of this process is unknown, so no worker can be started from it");
        if (!Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return [program];
        }

        string main = Assembly.GetEntryAssembly()?.Location ?? "";
        return [program, main.Length > 0 ? main : throw new SupervisionException("this process has no program that could be started once more as a worker")];
    }

    /// <summary>How to start it with a startup hook, which takes the process over before the program's own code runs.</summary>
    /// <param name="hook">The assembly with the hook.</param>
    /// <exception cref="SupervisionException">This process has no program that could be started once more.</exception>
    public static ProcessStartInfo StartWith(Assembly hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        IReadOnlyList<string> command = Command();
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment[Hooks] = hook.Location;
        return start;
    }
}
