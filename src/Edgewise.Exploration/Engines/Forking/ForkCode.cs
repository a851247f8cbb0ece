using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Exploration.Engines.Forking.Platform;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Supervision.Memory;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>Has the code compiled that children run besides the simulation: what a child compiles is lost with it, and compiled again by the next.</summary>
internal static class ForkCode
{
    private static readonly Type[] Types =
    [
        typeof(ForkServer), typeof(ForkWatch), typeof(ForkCounters), typeof(LinuxFork), typeof(Anchor), typeof(ResultWriter), typeof(WorkerChannel),
        typeof(WorkerSlot), typeof(JobCodec), typeof(Patience), typeof(ByteRing), typeof(TimelineRun), typeof(Journal), typeof(RandomSource),
    ];

    public static void Prepare()
    {
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type type in Types)
        {
            // First, for code that is compiled afterwards need not ask whether it has run.
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            foreach (MethodBase method in type.GetMembers(Declared).OfType<MethodBase>())
            {
                if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
                {
                    Marshal.Prelink((MethodInfo)method);
                }
                else if (!method.IsAbstract && !method.ContainsGenericParameters)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }
}
