using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime;

/// <summary>The strings, spans or other sequences of bytes that a site compared last.</summary>
/// <param name="Site">Number of the site within its module.</param>
/// <param name="Pc">RVA of the call in the original image; for a parser, of the call of it.</param>
/// <param name="IsUtf16">True where the bytes are characters of two bytes each, as those of <see cref="string"/> are.</param>
/// <param name="Left">
/// The left side: the receiver, the haystack, the input of a parser, the key of a look-up. Its first <see cref="SequenceSlots.KeptBytes"/> bytes, or its last
/// where ends are compared.
/// </param>
/// <param name="LeftLength">Bytes of the whole left side.</param>
/// <param name="Right">The same of the right side: the argument, the needle, a valid sample, a key of the table.</param>
/// <param name="RightLength">Bytes of the whole right side.</param>
public readonly record struct RecentSequenceCompare(int Site, int Pc, bool IsUtf16, byte[] Left, int LeftLength, byte[] Right, int RightLength)
{
    internal static unsafe IReadOnlyList<RecentSequenceCompare> Read(PointSite[] sites, ReadOnlySpan<byte> slots)
    {
        var found = new List<RecentSequenceCompare>();
        fixed (byte* first = slots)
        {
            int offset = 0;
            for (int site = 0; site < sites.Length && offset + SequenceSlots.Size <= slots.Length; site++)
            {
                if (sites[site].Kind != SiteKind.SequenceCompare)
                {
                    continue;
                }

                if (SequenceSlots.TryRead(first + offset, out byte[] left, out int leftLength, out byte[] right, out int rightLength))
                {
                    found.Add(new RecentSequenceCompare(
                        site, sites[site].Pc, sites[site].Width == sizeof(char), left, leftLength, right, rightLength));
                }

                offset += SequenceSlots.Size;
            }
        }

        return found;
    }
}
