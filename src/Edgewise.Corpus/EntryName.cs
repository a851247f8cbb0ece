using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Edgewise.Corpus;

/// <summary>The name of an entry: the SHA-1 of its content, written as 40 lower-case hexadecimal digits, as libFuzzer names its files.</summary>
/// <remarks>It tells contents apart and is no protection against anybody. Names are ordered as their digits are.</remarks>
public readonly record struct EntryName : IComparable<EntryName>
{
    /// <summary>Digits of a name.</summary>
    public const int Digits = 2 * SHA1.HashSizeInBytes;

    private static readonly SearchValues<char> LowerDigits = SearchValues.Create("0123456789abcdef");

    private readonly UInt128 _upper;
    private readonly uint _lower;

    private EntryName(ReadOnlySpan<byte> hash)
    {
        _upper = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _lower = BinaryPrimitives.ReadUInt32BigEndian(hash[16..]);
    }

    /// <summary>The name of a content.</summary>
    public static EntryName Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // It names files; libFuzzer's names are SHA-1.
        SHA1.HashData(content, hash);
#pragma warning restore CA5350
        return new EntryName(hash);
    }

    /// <summary>Reads 40 hexadecimal digits.</summary>
    /// <returns>False if the text is no name.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out EntryName name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        bool isName = text.Length == Digits && !text.ContainsAnyExcept(LowerDigits) && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done;
        name = isName ? new EntryName(hash) : default;
        return isName;
    }

    /// <inheritdoc/>
    public int CompareTo(EntryName other) => _upper != other._upper ? _upper.CompareTo(other._upper) : _lower.CompareTo(other._lower);

    /// <summary>The 40 digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, _upper);
        BinaryPrimitives.WriteUInt32BigEndian(hash[16..], _lower);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>True where the left name comes first.</summary>
    public static bool operator <(EntryName left, EntryName right) => left.CompareTo(right) < 0;

    /// <summary>True where the left name comes first, or both are equal.</summary>
    public static bool operator <=(EntryName left, EntryName right) => left.CompareTo(right) <= 0;

    /// <summary>True where the right name comes first.</summary>
    public static bool operator >(EntryName left, EntryName right) => left.CompareTo(right) > 0;

    /// <summary>True where the right name comes first, or both are equal.</summary>
    public static bool operator >=(EntryName left, EntryName right) => left.CompareTo(right) >= 0;
}
