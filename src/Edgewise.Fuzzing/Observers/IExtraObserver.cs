namespace Edgewise.Fuzzing.Observers;

/// <summary>Observes something beside points that inputs can be told apart by: bits, numbered from 0.</summary>
internal interface IExtraObserver
{
    /// <summary>Number of its features.</summary>
    int Size { get; }

    /// <summary>Forgets what was seen; called before each execution.</summary>
    void Reset();

    /// <summary>Adds the features of the last execution that are not marked as abundant.</summary>
    /// <param name="seen">A byte a feature, <see cref="Scheduling.RareFeatures.NotRare"/> for those of which nobody needs to know any more.</param>
    /// <param name="first">Number to be added to each.</param>
    /// <param name="found">Takes them.</param>
    void Collect(ReadOnlySpan<byte> seen, uint first, List<uint> found);
}
