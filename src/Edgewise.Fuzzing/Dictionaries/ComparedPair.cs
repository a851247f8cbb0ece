using System.Runtime.InteropServices;

namespace Edgewise.Fuzzing.Dictionaries;

/// <summary>Two byte strings that the target compared lately, for the mutator <c>CMP</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ComparedPair
{
    /// <summary>Pairs that are kept; later ones replace the first.</summary>
    public const int Most = 512;

    public const int MostBytes = 64;

    private int _observedLength;
    private int _wantedLength;
    private fixed byte _observed[MostBytes];
    private fixed byte _wanted[MostBytes];

    public void Set(ReadOnlySpan<byte> observed, ReadOnlySpan<byte> wanted)
    {
        _observedLength = Math.Min(observed.Length, MostBytes);
        _wantedLength = Math.Min(wanted.Length, MostBytes);
        fixed (byte* left = _observed, right = _wanted)
        {
            observed[.._observedLength].CopyTo(new Span<byte>(left, MostBytes));
            wanted[.._wantedLength].CopyTo(new Span<byte>(right, MostBytes));
        }
    }

    /// <summary>What the input had, of a pair that does not move.</summary>
    public static ReadOnlySpan<byte> ObservedOf(ComparedPair* pair) => new(pair->_observed, pair->_observedLength);

    /// <summary>What it was compared with.</summary>
    public static ReadOnlySpan<byte> WantedOf(ComparedPair* pair) => new(pair->_wanted, pair->_wantedLength);
}
