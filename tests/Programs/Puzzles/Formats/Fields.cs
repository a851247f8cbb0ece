using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Formats;

/// <summary>A message of numbered fields in the wire format of Protocol Buffers: keys, numbers and lengths in seven bits a byte.</summary>
public static class Fields
{
    private const ulong Schema = 20_241;

    /// <summary>Reads a message; it must have the right schema and the right name.</summary>
    [FuzzTarget("format-fields")]
    public static void Read(ReadOnlySpan<byte> message)
    {
        bool hasSchema = false, hasName = false;
        while (TryReadNumber(ref message, out ulong key))
        {
            if (!TryReadNumber(ref message, out ulong number))
            {
                return;
            }

            switch (key & 7)
            {
                case 0:
                    hasSchema |= key >> 3 == 1 && number == Schema;
                    break;
                case 2 when number <= (ulong)message.Length:
                    hasName |= key >> 3 == 4 && Encoding.UTF8.GetString(message[..(int)number]) == "checkpoint";
                    message = message[(int)number..];
                    break;
                default:
                    return;
            }
        }

        if (hasSchema && hasName)
        {
            throw new PuzzleSolvedException();
        }
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> message, out ulong number)
    {
        number = 0;
        for (int i = 0; i < message.Length && i < 10; i++)
        {
            number |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
