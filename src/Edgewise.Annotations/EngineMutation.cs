namespace Edgewise.Annotations;

/// <summary>Mutates an input into another, in its place. For engines.</summary>
/// <param name="room">The input, and room behind it.</param>
/// <param name="length">Bytes of the input.</param>
/// <returns>Bytes of the new one.</returns>
public delegate int InPlaceMutation(Span<byte> room, int length);

/// <summary>The mutators of the engine that runs, for mutators of a target's own; <c>LLVMFuzzerMutate</c>.</summary>
public static class EngineMutation
{
    private static InPlaceMutation? s_engine;

    /// <summary>True while an engine runs.</summary>
    public static bool IsAvailable => s_engine is not null;

    /// <summary>Mutates an input in its place.</summary>
    /// <param name="room">The input, and room behind it.</param>
    /// <param name="length">Bytes of the input.</param>
    /// <returns>Bytes of the new one; without an engine nothing has changed.</returns>
    public static int Apply(Span<byte> room, int length) => s_engine is { } engine ? engine(room, length) : length;

    /// <summary>Says who mutates. For engines.</summary>
    public static void Connect(InPlaceMutation? engine) => s_engine = engine;
}
