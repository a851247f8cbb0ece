using System.Buffers.Text;

namespace Edgewise.Corpus.Metadata;

/// <summary>A list of features as text: base64 of their differences, each in groups of seven bits, lowest first. A feature takes one or two digits that way.</summary>
internal static class FeatureText
{
    private const int GroupBits = 7;
    private const byte More = 1 << GroupBits;
    private const int MostGroups = 5;

    /// <summary>Writes a list.</summary>
    /// <param name="features">Ascending, each once.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static string Encode(IReadOnlyList<uint> features)
    {
        byte[] bytes = new byte[features.Count * MostGroups];
        int length = 0;
        long previous = -1;
        foreach (uint feature in features)
        {
            if (feature <= previous)
            {
                throw new ArgumentException($"feature {feature} after {previous}; expected ascending features, each once", nameof(features));
            }

            // The distance from the next possible one, so that neighbours are zeros.
            uint distance = (uint)(feature - previous - 1);
            for (; distance >= More; distance >>= GroupBits)
            {
                bytes[length++] = (byte)(distance | More);
            }

            bytes[length++] = (byte)distance;
            previous = feature;
        }

        return Convert.ToBase64String(bytes, 0, length);
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Null if the text is none.</returns>
    public static uint[]? Decode(string text)
    {
        if (!Base64.IsValid(text, out int size))
        {
            return null;
        }

        byte[] bytes = new byte[size];
        _ = Convert.TryFromBase64String(text, bytes, out _);
        List<uint> features = new(size);
        long next = 0;
        for (int i = 0; i < bytes.Length;)
        {
            ulong distance = 0;
            int shift = 0;
            byte group;
            do
            {
                if (i == bytes.Length || shift == MostGroups * GroupBits)
                {
                    return null;
                }

                group = bytes[i++];
                distance |= (ulong)(group & ~More) << shift;
                shift += GroupBits;
            }
            while ((group & More) != 0);

            if ((ulong)next + distance > uint.MaxValue)
            {
                return null;
            }

            features.Add((uint)((ulong)next + distance));
            next = features[^1] + 1L;
        }

        return [.. features];
    }
}
