using System.Buffers.Binary;
using System.Security.Cryptography;
using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>SHA-256 of an entry's content, unpacked, and of its kind: entries with the same are replayed once.</summary>
/// <remarks>A class, and no wide numbers: collections of it need no code of their own, and what uses it can be compiled ahead of time.</remarks>
public sealed class ContentHash : IEquatable<ContentHash>
{
    /// <summary>Bytes that it has.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly byte[] _bytes;

    private ContentHash(byte[] bytes) => _bytes = bytes;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>That of an entry.</summary>
    public static ContentHash Of(EntryKind kind, ReadOnlySpan<byte> content)
    {
        byte[] hash = SHA256.HashData(content);
        hash[0] ^= (byte)kind;
        return new ContentHash(hash);
    }

    /// <summary>From its bytes, <see cref="Size"/> of them.</summary>
    public static ContentHash Read(ReadOnlySpan<byte> bytes) => new(bytes[..Size].ToArray());

    /// <inheritdoc/>
    public bool Equals(ContentHash? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ContentHash);

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_bytes);

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
