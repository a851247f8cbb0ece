using System.Runtime.InteropServices;

namespace Edgewise.Fuzzing.Dictionaries;

/// <summary>A word of a dictionary, of fixed size.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Word
{
    /// <summary>Words that a campaign makes itself, at most.</summary>
    public const int Most = 1024;

    /// <summary>libFuzzer's limit.</summary>
    public const int MostBytes = 64;

    public int Length;

    /// <summary>How often it was applied.</summary>
    public int Uses;

    /// <summary>How often what it was part of was news.</summary>
    public int Yields;

    private fixed byte _bytes[MostBytes];

    public void Set(ReadOnlySpan<byte> bytes)
    {
        Length = Math.Min(bytes.Length, MostBytes);
        fixed (byte* place = _bytes)
        {
            bytes[..Length].CopyTo(new Span<byte>(place, MostBytes));
        }
    }

    /// <summary>The bytes of a word that does not move.</summary>
    public static ReadOnlySpan<byte> BytesOf(Word* word) => new(word->_bytes, word->Length);
}
