using System.Buffers.Binary;
using System.Text;
using Edgewise.Annotations;

namespace FuzzTargets;

/// <summary>
/// A reader of packets, written by hand, with three bugs behind what random bytes hardly ever pass: a magic number of four bytes, the name of a command, and a
/// checksum over the rest.
/// </summary>
/// <remarks>A packet is "EDGE", a checksum of all behind it, the number of bytes of the name, the name, and a body.</remarks>
public static class PacketTargets
{
    private const uint Magic = 0x45444745;
    private const int HeaderSize = 9;

    /// <summary>Reads one packet.</summary>
    [FuzzTarget("packet", MaxLength = 128)]
    [Expects(typeof(FormatException))]
    public static void Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < HeaderSize || BinaryPrimitives.ReadUInt32BigEndian(packet) != Magic)
        {
            throw new FormatException("no packet");
        }

        // The first bug, behind the magic number: a length that is believed before it is checked.
        int nameLength = packet[8];
        string name = Encoding.ASCII.GetString(packet.Slice(HeaderSize, nameLength));
        ReadOnlySpan<byte> body = packet[(HeaderSize + nameLength)..];
        if (name == "resize" && body.Length >= 8)
        {
            Resize(body);
        }

        if (Checksum(packet[8..]) == BinaryPrimitives.ReadUInt32BigEndian(packet[4..]))
        {
            Trusted(body);
        }
    }

    // The second, behind the name of a command: a division by what the packet says.
    private static void Resize(ReadOnlySpan<byte> body)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(body), height = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
        if (width > 0 && 1_000_000 / height > width)
        {
            throw new FormatException("too narrow");
        }
    }

    // The third, behind the checksum: a table that is shorter than what looks things up in it.
    private static void Trusted(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> sizes = [1, 2, 4, 8, 16];
        if (body.Length > 0 && body[0] < 6 && sizes[body[0]] > body.Length)
        {
            throw new FormatException("too short");
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 17;
        foreach (byte value in bytes)
        {
            sum = (sum * 31) + value;
        }

        return sum;
    }
}
