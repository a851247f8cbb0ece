namespace Explored;

/// <summary>What happens to a run on the fourth floor; a root seed below 100 is one of these.</summary>
public enum Mishap
{
    None,
    ExitsItself,
    OverflowsStack,
    FailsFast,
    LoopsForEver,
    AllocatesWithoutEnd,
    WaitsForPool,
    WaitsForFinalizer,
    ThrowsOnAnotherThread,
    WritesIntoNothing,
    JournalsForEver,
    IsKilled,
}
