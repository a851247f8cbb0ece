namespace Edgewise.Runtime.Formats;

/// <summary>Sites as bytes: per site the distance of its PC from the last one's, its kind and width in a byte, and its constants.</summary>
internal static class PointSiteCodec
{
    private const int KindBits = 4;
    private const int WidestWidth = 16;

    // Stands for the widest, which four bits cannot hold.
    private const int WidestCode = 15;

    /// <summary>Writes sites; none take no bytes.</summary>
    /// <exception cref="ArgumentException">A site cannot be written.</exception>
    public static void Write(ref ByteWriter writer, ReadOnlySpan<PointSite> sites)
    {
        int pc = 0;
        foreach (ref readonly PointSite site in sites)
        {
            if (site.Pc < 0 || site.Width is < 0 or (>= WidestCode and not WidestWidth) || !HasConstants(site.Kind, site.Constants.Length))
            {
                throw new ArgumentException($"a site at 0x{site.Pc:x}: {site.Kind} of {site.Width} bytes with {site.Constants.Length} constants", nameof(sites));
            }

            writer.Reserve(16);
            writer.Signed(site.Pc - pc);
            pc = site.Pc;
            writer.Bytes([(byte)((int)site.Kind | ((site.Width == WidestWidth ? WidestCode : site.Width) << KindBits))]);
            if (site.Kind == SiteKind.Switch)
            {
                writer.Variable((uint)site.Constants.Length);
            }

            writer.Reserve(10 * site.Constants.Length);
            foreach (ulong constant in site.Constants)
            {
                writer.Variable((uint)constant);
                writer.Variable((uint)(constant >> 32));
            }
        }
    }

    /// <summary>Reads as many sites as the header says.</summary>
    /// <exception cref="CoverageFormatException">They are damaged.</exception>
    public static PointSite[] Read(ref ByteReader reader, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var sites = new PointSite[count];
        long pc = 0;
        for (int i = 0; i < count; i++)
        {
            pc += reader.Signed();
            byte code = reader.Byte();
            var kind = (SiteKind)(code & ((1 << KindBits) - 1));
            if (pc is < 0 or > int.MaxValue || kind > SiteKind.SequenceCompare)
            {
                reader.Fail($"site {i} at 0x{pc:x} of kind {(int)kind}");
            }

            int constants = kind == SiteKind.ConstantCompare ? 1 : kind == SiteKind.Switch ? reader.Count(reader.Remaining / 2, "number of cases") : 0;
            sites[i] = new PointSite((int)pc, kind, code >> KindBits is var width and not WidestCode ? width : WidestWidth, constants == 0 ? [] : ReadConstants(ref reader, constants));
        }

        return sites;
    }

    private static ulong[] ReadConstants(ref ByteReader reader, int count)
    {
        ulong[] constants = new ulong[count];
        foreach (ref ulong constant in constants.AsSpan())
        {
            constant = reader.Variable();
            constant |= (ulong)reader.Variable() << 32;
        }

        return constants;
    }

    private static bool HasConstants(SiteKind kind, int count) => kind switch
    {
        SiteKind.ConstantCompare => count == 1,
        SiteKind.Switch => true,
        _ => count == 0,
    };
}
