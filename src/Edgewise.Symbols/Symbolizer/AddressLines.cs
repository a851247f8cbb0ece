using System.Buffers.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Writes the questions for a program that names addresses: a line an address.</summary>
internal static class AddressLines
{
    private const int BufferSize = 1 << 14, HexDigits = 2 * sizeof(ulong);

    /// <summary>Writes a line <c>BEFORE0xADDRESS</c> for each address.</summary>
    public static void Write(Stream output, ReadOnlySpan<byte> before, ReadOnlySpan<ulong> addresses)
    {
        byte[] buffer = new byte[Math.Max(BufferSize, before.Length + HexDigits + 3)];
        int used = 0;
        foreach (ulong address in addresses)
        {
            if (buffer.Length - used < before.Length + HexDigits + 3)
            {
                output.Write(buffer, 0, used);
                used = 0;
            }

            before.CopyTo(buffer.AsSpan(used));
            used += before.Length;
            buffer[used++] = (byte)'0';
            buffer[used++] = (byte)'x';
            Utf8Formatter.TryFormat(address, buffer.AsSpan(used), out int written, 'x');
            used += written;
            buffer[used++] = (byte)'\n';
        }

        output.Write(buffer, 0, used);
    }
}
