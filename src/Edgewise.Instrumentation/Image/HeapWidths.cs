namespace Edgewise.Instrumentation.Image;

/// <summary>Bytes of an offset into each heap, 2 or 4; the HeapSizes bits of ECMA-335 II.24.2.6.</summary>
/// <param name="String">Of an offset into <c>#Strings</c>.</param>
/// <param name="Guid">Of an index into <c>#GUID</c>.</param>
/// <param name="Blob">Of an offset into <c>#Blob</c>.</param>
internal readonly record struct HeapWidths(int String, int Guid, int Blob)
{
    private const int WideStrings = 1;
    private const int WideGuids = 2;
    private const int WideBlobs = 4;
    private const int All = WideStrings | WideGuids | WideBlobs;

    /// <summary>The widths that a HeapSizes byte says.</summary>
    public static HeapWidths FromBits(byte bits) => new(
        (bits & WideStrings) != 0 ? 4 : 2, (bits & WideGuids) != 0 ? 4 : 2, (bits & WideBlobs) != 0 ? 4 : 2);

    /// <summary><paramref name="bits"/> with the three bits of these widths.</summary>
    public byte ToBits(byte bits) => (byte)((bits & ~All)
        | (String == 4 ? WideStrings : 0) | (Guid == 4 ? WideGuids : 0) | (Blob == 4 ? WideBlobs : 0));
}
