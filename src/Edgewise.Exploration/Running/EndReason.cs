namespace Edgewise.Exploration.Running;

/// <summary>Why an exploration ended.</summary>
public enum EndReason
{
    /// <summary>It ran the root seeds that were asked for.</summary>
    IterationsDone,

    /// <summary>Several root seeds in a row added nothing to what was known.</summary>
    Stable,

    /// <summary>It ran as many root seeds as it may without having become stable.</summary>
    NotStable,

    /// <summary>Its time is up.</summary>
    TimeUp,

    /// <summary>The bug that it was to find was found.</summary>
    BugFound,

    /// <summary>It was asked to stop.</summary>
    Interrupted,

    /// <summary>The same timeline was two different runs: nothing that was found would be found again.</summary>
    Nondeterminism,
}
