using System.Diagnostics;
using System.Reflection;

namespace Edgewise.Simulation.Ends;

/// <summary>The frames of a stack that belong to the user, in a form that stays the same when lines move.</summary>
internal static class UserFrames
{
    private const int Most = 3;

    private static readonly HashSet<string> Ours = ["Edgewise.Simulation", "Edgewise.Annotations", "Edgewise.Exploration", "Edgewise.Runtime"];

    /// <summary>The top frames of where an exception was thrown, <c>in A.B &lt; C.D</c>; empty if there is none.</summary>
    public static string Of(Exception exception) => Render(new StackTrace(exception, fNeedFileInfo: false));

    /// <summary>The top frames of where this is called.</summary>
    public static string OfHere() => Render(new StackTrace(fNeedFileInfo: false));

    private static string Render(StackTrace trace)
    {
        var names = new List<string>(Most);
        foreach (StackFrame frame in trace.GetFrames())
        {
            if (names.Count < Most && NameOf(frame.GetMethod()) is { } name && (names.Count == 0 || names[^1] != name))
            {
                names.Add(name);
            }
        }

        return names.Count == 0 ? "" : "in " + string.Join(" < ", names);
    }

    private static string? NameOf(MethodBase? method)
    {
        if (method?.DeclaringType is not { } type || IsOthers(type.Assembly))
        {
            return null;
        }

        return MethodNames.Of(type, method.Name);
    }

    // The framework says in its assemblies' names what it is; a test host is not what a simulation is about.
    private static bool IsOthers(Assembly assembly)
    {
        string name = assembly.GetName().Name ?? "";
        return Ours.Contains(name) || name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib" or "netstandard"
            || name.StartsWith("xunit.", StringComparison.Ordinal);
    }
}
