namespace Edgewise.Fuzzing.Guidance;

/// <summary>Takes changes of an input that are worth an execution.</summary>
internal interface ICandidates
{
    /// <summary>The input that is changed.</summary>
    ReadOnlySpan<byte> Baseline { get; }

    /// <summary>Bytes that it may become long.</summary>
    int MaxLength { get; }

    /// <summary>Runs the input with some bytes replaced by others.</summary>
    /// <returns>True where no more of its kind are wanted.</returns>
    bool Try(int start, int removed, ReadOnlySpan<byte> replacement);

    /// <summary>The same, where the replacement is no word of the input's language.</summary>
    /// <returns>True where no more of its kind are wanted.</returns>
    bool TryPart(int start, int removed, ReadOnlySpan<byte> replacement);

    /// <summary>Runs the input with bytes behind it that only make it longer.</summary>
    /// <returns>True where no more of its kind are wanted.</returns>
    bool TryLonger(ReadOnlySpan<byte> filler);
}
