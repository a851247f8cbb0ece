using System.Buffers.Binary;
using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Documents;

/// <summary>A response of the Domain Name System: a header of counts, a question, and answers whose names may point back into the message.</summary>
public static class DnsMessages
{
    private const int HeaderSize = 12;
    private const int QuestionSize = 4;
    private const int RecordSize = 10;
    private const int MostLabels = 16;
    private const int ServiceType = 33;

    // Of the flags: that it is a response, to a query of the standard kind, without an error.
    private const int KindMask = 0xF80F;
    private const int Response = 0x8000;

    /// <summary>Reads a response, which must answer the question for a directory with the right port.</summary>
    [FuzzTarget("document-dns")]
    public static void Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < HeaderSize || (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & KindMask) != Response || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
        {
            return;
        }

        int position = HeaderSize;
        if (!TryReadName(message, ref position, out string question) || message.Length - position < QuestionSize
            || BinaryPrimitives.ReadUInt16BigEndian(message[position..]) != ServiceType)
        {
            return;
        }

        position += QuestionSize;
        for (int answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); answers > 0; answers--)
        {
            if (!TryReadName(message, ref position, out string owner) || message.Length - position < RecordSize)
            {
                return;
            }

            int type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]), length = BinaryPrimitives.ReadUInt16BigEndian(message[(position + 8)..]);
            position += RecordSize;
            if (message.Length - position < length)
            {
                return;
            }

            if (type == ServiceType && owner.Equals(question, StringComparison.OrdinalIgnoreCase) && owner.StartsWith("_ldap._tcp.", StringComparison.Ordinal)
                && length > 6 && BinaryPrimitives.ReadUInt16BigEndian(message[(position + 4)..]) == 3269)
            {
                throw new PuzzleSolvedException();
            }

            position += length;
        }
    }

    private static bool TryReadName(ReadOnlySpan<byte> message, ref int position, out string name)
    {
        var labels = new List<string>();
        int? end = null;
        name = "";
        for (int i = position, count = 0; i < message.Length && count < MostLabels; count++)
        {
            int length = message[i++];
            switch (length)
            {
                case 0:
                    name = string.Join('.', labels);
                    position = end ?? i;
                    return true;
                case < 0x40 when message.Length - i >= length:
                    labels.Add(Encoding.ASCII.GetString(message.Slice(i, length)));
                    i += length;
                    break;
                case >= 0xC0 when i < message.Length:
                    end ??= i + 1;
                    i = ((length & 0x3F) << 8) | message[i];
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
