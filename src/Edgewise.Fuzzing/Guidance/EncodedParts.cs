using System.Buffers;
using System.Text;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>Parts of an input that carry other bytes in an encoding: base64 and hexadecimal digits. What is compared after decoding is looked for there.</summary>
internal static class EncodedParts
{
    private const int ShortestRun = 4;
    private const int MostRuns = 8;
    private const int Base64Group = 4;

    private static readonly SearchValues<byte> Base64Bytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> HexBytes = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Calls back for each part, with candidates that encode what they are given.</summary>
    /// <param name="candidates">Takes the changed inputs.</param>
    /// <param name="visit">Tries changes of the decoded bytes; true to end.</param>
    public static bool Visit(ICandidates candidates, Func<ICandidates, bool> visit) =>
        Visit(candidates, Base64Bytes, DecodeBase64, Convert.ToBase64String, visit)
        || Visit(candidates, HexBytes, DecodeHex, bytes => Convert.ToHexStringLower(bytes), visit);

    private static bool Visit(
        ICandidates candidates, SearchValues<byte> alphabet, Func<string, byte[]?> decode, Func<byte[], string> encode, Func<ICandidates, bool> visit)
    {
        byte[] input = candidates.Baseline.ToArray();
        int position = 0;
        for (int run = 0; run < MostRuns && position < input.Length; run++)
        {
            int start = input.AsSpan(position).IndexOfAny(alphabet);
            if (start < 0)
            {
                return false;
            }

            start += position;
            int length = input.AsSpan(start).IndexOfAnyExcept(alphabet);
            length = length < 0 ? input.Length - start : length;
            position = start + length;
            if (length >= ShortestRun && decode(Encoding.ASCII.GetString(input, start, length)) is { Length: > 0 } decoded
                && visit(new Part(candidates, start, length, decoded, encode)))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? DecodeBase64(string text)
    {
        byte[] decoded = new byte[text.Length];
        return text.Length % Base64Group == 0 && Convert.TryFromBase64String(text, decoded, out int length) ? decoded[..length] : null;
    }

    private static byte[]? DecodeHex(string text) => text.Length % 2 == 0 ? Convert.FromHexString(text) : null;

    private sealed class Part(ICandidates outer, int start, int length, byte[] decoded, Func<byte[], string> encode) : ICandidates
    {
        public ReadOnlySpan<byte> Baseline => decoded;

        public int MaxLength => outer.MaxLength;

        public bool Try(int at, int removed, ReadOnlySpan<byte> replacement)
        {
            byte[] changed = [.. decoded.AsSpan(0, at), .. replacement, .. decoded.AsSpan(at + removed)];
            return outer.Try(start, length, Encoding.ASCII.GetBytes(encode(changed)));
        }

        public bool TryPart(int at, int removed, ReadOnlySpan<byte> replacement) => Try(at, removed, replacement);

        public bool TryLonger(ReadOnlySpan<byte> filler) => Try(decoded.Length, 0, filler);
    }
}
