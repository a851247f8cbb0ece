using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>SHA-256 of an entry's content, unpacked, and of its kind: entries with the same are replayed once.</summary>
public readonly record struct ContentHash(UInt128 High, UInt128 Low)
{
    /// <summary>That of an entry.</summary>
    public static ContentHash Of(EntryKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        hash[0] ^= (byte)kind;
        return Read(hash);
    }

    /// <summary>From its bytes.</summary>
    public static ContentHash Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ContentHash>(bytes);

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[SHA256.HashSizeInBytes];
        MemoryMarshal.Write(bytes, in this);
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
