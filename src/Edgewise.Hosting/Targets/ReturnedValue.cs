namespace Edgewise.Hosting.Targets;

/// <summary>What a target that returns an <see cref="int"/> said of its last input. As with libFuzzer's targets, -1 rejects it: it is not of the kind that the target is about.</summary>
internal sealed class ReturnedValue
{
    /// <summary>libFuzzer's value of an input that no corpus should keep.</summary>
    private const int Rejection = -1;

    /// <summary>True where the last input was rejected.</summary>
    public bool IsRejection { get; private set; }

    /// <summary>Takes what the target returned.</summary>
    public void Take(int value) => IsRejection = value == Rejection;
}
