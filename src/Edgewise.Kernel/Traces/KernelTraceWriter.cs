using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Traces;

/// <summary>Writes traces one after another into a stream, packed. Loops, of which most traces consist, take a few bits an event.</summary>
public sealed class KernelTraceWriter : IDisposable
{
    private const int BufferBytes = 1 << 16, MostNumberBytes = 10, BitsPerByte = 7;
    private const byte More = 0x80;

    private readonly GZipStream _packed;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    /// <summary>Begins a file.</summary>
    /// <param name="output">Where it goes; stays open.</param>
    public KernelTraceWriter(Stream output)
    {
        _packed = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
        _packed.Write(KernelTraceFormat.Magic);
        Span<byte> version = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(version, KernelTraceFormat.Version);
        _packed.Write(version);
    }

    /// <summary>Adds a trace of PCs.</summary>
    /// <param name="name">What was done.</param>
    /// <param name="total">Events in all.</param>
    /// <param name="isLeast">True where there may have been more.</param>
    /// <param name="pcs">The events to keep, from the first on.</param>
    public void Add(string name, ulong total, bool isLeast, ReadOnlySpan<ulong> pcs) =>
        Add(name, isCompares: false, total, isLeast, pcs, KernelTraceFormat.NumbersOfPc);

    /// <summary>Adds a trace of compares.</summary>
    /// <param name="name">What was done.</param>
    /// <param name="total">Events in all.</param>
    /// <param name="isLeast">True where there may have been more.</param>
    /// <param name="compares">The events to keep, from the first on.</param>
    public void Add(string name, ulong total, bool isLeast, ReadOnlySpan<KcovCompare> compares) =>
        Add(name, isCompares: true, total, isLeast, MemoryMarshal.Cast<KcovCompare, ulong>(compares), KernelTraceFormat.NumbersOfCompare);

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        Flush();
        _packed.Dispose();
    }

    private void Add(string name, bool isCompares, ulong total, bool isLeast, ReadOnlySpan<ulong> numbers, int numbersOfEvent)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Span<byte> header = stackalloc byte[sizeof(ushort) + KernelTraceFormat.MostNameBytes + 2 + (2 * sizeof(ulong))];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)text.Length);
        text.CopyTo(header[sizeof(ushort)..]);
        Span<byte> rest = header[(sizeof(ushort) + text.Length)..];
        rest[0] = isCompares ? (byte)1 : (byte)0;
        rest[1] = isLeast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt64LittleEndian(rest[2..], total);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[(2 + sizeof(ulong))..], (ulong)(numbers.Length / numbersOfEvent));
        Flush();
        _packed.Write(header[..(sizeof(ushort) + text.Length + 2 + (2 * sizeof(ulong)))]);
        for (int i = 0; i < numbers.Length; i++)
        {
            ulong before = i < numbersOfEvent ? 0 : numbers[i - numbersOfEvent];
            long difference = (long)(numbers[i] - before);
            Write((ulong)(difference << 1) ^ (ulong)(difference >> 63));
        }
    }

    private void Write(ulong number)
    {
        if (_buffer.Length - _used < MostNumberBytes)
        {
            Flush();
        }

        while (number >= More)
        {
            _buffer[_used++] = (byte)(number | More);
            number >>= BitsPerByte;
        }

        _buffer[_used++] = (byte)number;
    }

    private void Flush()
    {
        _packed.Write(_buffer, 0, _used);
        _used = 0;
    }
}
