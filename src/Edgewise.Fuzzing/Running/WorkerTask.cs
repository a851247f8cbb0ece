namespace Edgewise.Fuzzing.Running;

/// <summary>What a worker process is for.</summary>
public enum WorkerTask
{
    /// <summary>To search.</summary>
    Campaign,

    /// <summary>To run inputs as they come, one after the other.</summary>
    Probe,

    /// <summary>To run the inputs of a merge.</summary>
    Merge,
}
