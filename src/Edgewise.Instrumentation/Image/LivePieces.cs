namespace Edgewise.Instrumentation.Image;

/// <summary>Cuts whole pages of dead bytes (old bodies, old metadata) out of an image's sections.</summary>
/// <remarks>
/// RVAs stay what they were: a section with a hole becomes two. CoreCLR, Cecil and Roslyn accept gaps; for loaders that want contiguous
/// addresses the piece before a hole keeps its virtual size, so that it covers it.
/// </remarks>
internal static class LivePieces
{
    // What lies between two dead ranges and is no longer than this is padding.
    private const int LargestPadding = 8;

    /// <summary>The pieces of all sections that stay.</summary>
    /// <param name="image">The original.</param>
    /// <param name="dead">What is no longer referred to; sorted here.</param>
    public static List<PeSection> Cut(PeImage image, List<RvaRange> dead)
    {
        dead.Sort((left, right) => left.Start.CompareTo(right.Start));
        List<PeSection> pieces = [];
        foreach (PeSection section in image.Sections)
        {
            CutSection(image, section, Merge(dead, section), pieces);
        }

        return pieces;
    }

    private static List<RvaRange> Merge(List<RvaRange> dead, PeSection section)
    {
        List<RvaRange> merged = [];
        foreach (RvaRange range in dead)
        {
            if (range.Start < section.Rva || range.Start >= section.Rva + section.FileSize)
            {
                continue;
            }

            if (merged.Count > 0 && range.Start <= merged[^1].End + LargestPadding)
            {
                merged[^1] = new RvaRange(merged[^1].Start, Math.Max(merged[^1].End, range.End));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static void CutSection(PeImage image, PeSection section, List<RvaRange> dead, List<PeSection> pieces)
    {
        int page = Math.Max(image.SectionAlignment, image.FileAlignment);
        PeSection rest = section;
        foreach (RvaRange range in dead)
        {
            int from = Math.Max(rest.Rva, RoundUp(range.Start, page));
            int to = Math.Min(range.End, section.Rva + section.FileSize) / page * page;
            if (to <= from)
            {
                continue;
            }

            if (from > rest.Rva)
            {
                pieces.Add(rest with { VirtualSize = to - rest.Rva, FileSize = from - rest.Rva });
            }

            int cut = to - rest.Rva;
            rest = rest with { Rva = to, VirtualSize = Math.Max(0, rest.VirtualSize - cut), FileOffset = rest.FileOffset + cut, FileSize = rest.FileSize - cut };
        }

        pieces.Add(rest);
    }

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
