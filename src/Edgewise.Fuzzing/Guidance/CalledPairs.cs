using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Observers;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Which callees the indirect calls of a comparing image had during one execution. Each pair of a call and a callee is a feature, which only that image tells: counting
/// runs are as fast as without.
/// </summary>
/// <remarks>Written by instrumented code, read by the engine between executions; threads of a target may lose one another's pairs. The features are the last of the campaign's extra ones.</remarks>
internal static unsafe class CalledPairs
{
    /// <summary>Features; pairs that share one are taken for the same.</summary>
    public const int Features = 1 << 14;

    private const uint Spread = 0x9E3779B1;
    private const int Half = 16;
    private const byte Known = 2;

    private static readonly bool[] IsCalled = new bool[Features];
    private static readonly int[] Called = new int[Features];

    private static int _count;

    /// <summary>True where the last execution made any indirect call.</summary>
    public static bool HasAny => _count > 0;

    /// <summary>Notes a call.</summary>
    public static void Add(nuint callee, int site)
    {
        uint hash = ((uint)site * Spread) ^ ((uint)CalleeNumbers.Of(callee) * (Spread >> 1 | 1));
        int pair = (int)((hash ^ (hash >> Half)) % Features);
        if (!IsCalled[pair] && _count < Features)
        {
            IsCalled[pair] = true;
            Called[_count++] = pair;
        }
    }

    /// <summary>Forgets everything.</summary>
    public static void Reset()
    {
        for (int i = 0; i < _count; i++)
        {
            IsCalled[Called[i]] = false;
        }

        _count = 0;
    }

    /// <summary>The pairs that no input had before, as features.</summary>
    public static uint[] FindNew(CampaignMemory memory)
    {
        int first = memory.Header->Sizes.ExtraFeatures - Features;
        if (first < 0)
        {
            return [];
        }

        List<uint>? found = null;
        for (int i = 0; i < _count; i++)
        {
            uint feature = (uint)(first + Called[i]);
            if (memory.ExtraSeen[feature] == 0)
            {
                (found ??= []).Add(feature);
            }
        }

        return found is null ? [] : [.. found.Order()];
    }

    /// <summary>
    /// Remembers pairs. They never count as rare, and are no part of the number of features that is told: only some executions could show them, and a corpus that is read again
    /// shows none.
    /// </summary>
    public static void Remember(CampaignMemory memory, ReadOnlySpan<uint> features)
    {
        foreach (uint feature in features)
        {
            memory.ExtraSeen[feature] = Known;
        }
    }
}
