using System.Collections.Concurrent;
using Edgewise.Runtime;

namespace Edgewise.Fuzzing.Observers;

/// <summary>Gives methods that are called indirectly numbers that are the same in each process: made of their names, not of where they lie.</summary>
internal static class CalleeNumbers
{
    private static readonly ConcurrentDictionary<nuint, int> Known = new();

    /// <summary>The number of a method.</summary>
    public static int Of(nuint callee) => Known.TryGetValue(callee, out int number) ? number : Known.GetOrAdd(callee, Compute);

    private static int Compute(nuint callee)
    {
        const uint Prime = 16777619;
        uint hash = 2166136261;
        System.Reflection.MethodBase? method = CoverageInterface.MethodOf(callee);
        foreach (char character in $"{method?.Module.Name}:{method?.MetadataToken}")
        {
            hash = (hash ^ character) * Prime;
        }

        return (int)(hash ^ (hash >> 12));
    }
}
