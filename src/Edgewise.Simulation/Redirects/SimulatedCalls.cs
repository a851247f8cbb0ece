using System.Reflection;
using Edgewise.Instrumentation.Redirections;

namespace Edgewise.Simulation.Redirects;

/// <summary>
/// The table of the calls that the assemblies of a simulation, and the libraries that they use, are to make elsewhere: what a world simulates, and what it
/// reports by name. docs/simulated-calls.md lists it.
/// </summary>
public static class SimulatedCalls
{
    private static readonly Lazy<RedirectionTable> Rows = new(() => new RedirectionTable([.. Replaced(), .. RealCalls.Rows()]));

    /// <summary>The table. Its targets do what the original does where no world runs on the thread.</summary>
    public static RedirectionTable Table => Rows.Value;

    private static IEnumerable<Redirection> Replaced() =>
        from target in typeof(SimulatedCalls).Assembly.GetTypes()
        let type = target.GetCustomAttribute<StandsInForAttribute>()?.Type
        where type is not null
        from method in target.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        select Redirection.ReplaceIn(type, NameOf(method), method);

    private static string NameOf(MethodInfo method) =>
        method.GetCustomAttribute<StandsInForAttribute>()?.Name ?? (method.Name == "New" ? ".ctor" : method.Name);
}
