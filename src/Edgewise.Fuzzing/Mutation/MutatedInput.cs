using System.Runtime.CompilerServices;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>An input that is changed in its place: the bytes that the target will get, and room behind them.</summary>
/// <remarks>Operations never make it longer than <see cref="Limit"/>; those that would are refused by whoever calls them, not cut here.</remarks>
public ref struct MutatedInput
{
    private readonly Span<byte> _room;

    /// <summary>An input of some length.</summary>
    /// <param name="room">Room for the longest input.</param>
    /// <param name="length">Bytes of the input at first.</param>
    /// <param name="limit">The longest that it may become; at most the room, and at least <paramref name="length"/>.</param>
    public MutatedInput(Span<byte> room, int length, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, room.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, limit);
        _room = room;
        Length = length;
        Limit = limit;
    }

    /// <summary>Bytes of the input.</summary>
    public int Length { get; private set; }

    /// <summary>The longest that it may become.</summary>
    public int Limit { get; }

    /// <summary>Bytes that it may grow by.</summary>
    public readonly int Free => Limit - Length;

    /// <summary>The input.</summary>
    public readonly Span<byte> Bytes => _room[..Length];

    /// <summary>Takes bytes out.</summary>
    public void Remove(int start, int count)
    {
        _room[(start + count)..Length].CopyTo(_room[start..]);
        Length -= count;
    }

    /// <summary>Makes room at a place; what the new bytes hold is whatever stood there.</summary>
    /// <param name="start">Where the new bytes begin, at most the length.</param>
    /// <param name="count">Their number, at most <see cref="Free"/>.</param>
    /// <returns>The new bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Open(int start, int count)
    {
        _room[start..Length].CopyTo(_room.Slice(start + count, Length - start));
        Length += count;
        return _room.Slice(start, count);
    }

    /// <summary>Puts bytes in; there is room for them.</summary>
    public void Insert(int start, scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Open(start, bytes.Length));

    /// <summary>Puts bytes over others, and behind the end where they reach further; there is room for them.</summary>
    public void Overwrite(int start, scoped ReadOnlySpan<byte> bytes)
    {
        Length = Math.Max(Length, start + bytes.Length);
        bytes.CopyTo(_room[start..]);
    }

    /// <summary>Makes all of it new; the bytes are at most <see cref="Limit"/>.</summary>
    public void Replace(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room);
        Length = bytes.Length;
    }

    /// <summary>Makes it shorter, or longer by zeros; at most <see cref="Limit"/>.</summary>
    public void Resize(int length)
    {
        if (length > Length)
        {
            _room[Length..length].Clear();
        }

        Length = length;
    }
}
