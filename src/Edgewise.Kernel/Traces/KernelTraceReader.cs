using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Traces;

/// <summary>Reads the files of <see cref="KernelTraceWriter"/>.</summary>
public static class KernelTraceReader
{
    private const int MostShift = 63, BitsPerByte = 7, FirstRoom = 1 << 12;

    /// <summary>Reads all traces of a file.</summary>
    /// <exception cref="KernelException">It cannot be read, is none, or is damaged.</exception>
    public static IReadOnlyList<KernelTrace> Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads all traces of a stream.</summary>
    /// <param name="input">The file's bytes.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="KernelException">It is no file of traces, or is damaged.</exception>
    public static IReadOnlyList<KernelTrace> Read(Stream input, string source)
    {
        try
        {
            using BufferedStream unpacked = new(new GZipStream(input, CompressionMode.Decompress), 1 << 16);
            return Read(new Cursor(unpacked, source));
        }
        catch (InvalidDataException e)
        {
            throw new KernelException($"{source}: kernel traces: the gzip stream is damaged: {e.Message}", e);
        }
    }

    private static List<KernelTrace> Read(Cursor cursor)
    {
        Span<byte> start = stackalloc byte[KernelTraceFormat.Magic.Length + sizeof(uint)];
        cursor.Fill(start);
        if (!start.StartsWith(KernelTraceFormat.Magic))
        {
            throw cursor.Failed("this is no file of kernel traces: EWKTRACE expected");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(start[KernelTraceFormat.Magic.Length..]) is var version && version != KernelTraceFormat.Version)
        {
            throw cursor.Failed($"version {version}; {KernelTraceFormat.Version} expected");
        }

        List<KernelTrace> traces = [];
        while (cursor.TryByte(out byte low))
        {
            int length = low | (cursor.Byte() << 8);
            if (length > KernelTraceFormat.MostNameBytes)
            {
                throw cursor.Failed($"a name of {length} bytes; {KernelTraceFormat.MostNameBytes} at most");
            }

            byte[] name = new byte[length];
            cursor.Fill(name);
            byte kind = cursor.Byte(), least = cursor.Byte();
            ulong total = cursor.Word(), stored = cursor.Word();
            if (kind > 1 || least > 1 || stored > total || stored > KernelTraceFormat.MostEvents)
            {
                throw cursor.Failed($"a trace of kind {kind}, {stored} of {total} events stored; kind 0 or 1 and no more than all expected");
            }

            ulong[] numbers = Numbers(cursor, (int)stored, kind == 0 ? KernelTraceFormat.NumbersOfPc : KernelTraceFormat.NumbersOfCompare);
            traces.Add(new KernelTrace(
                Encoding.UTF8.GetString(name),
                total,
                least == 1,
                kind == 0 ? numbers : [],
                kind == 0 ? [] : MemoryMarshal.Cast<ulong, KcovCompare>(numbers).ToArray())
            { IsCompares = kind == 1 });
        }

        return traces;
    }

    // Room grows with what is there: a damaged count must not take memory for events that no byte stands for.
    private static ulong[] Numbers(Cursor cursor, int events, int numbersOfEvent)
    {
        long all = (long)events * numbersOfEvent;
        ulong[] numbers = new ulong[Math.Min(all, FirstRoom)];
        for (int i = 0; i < all; i++)
        {
            if (i == numbers.Length)
            {
                Array.Resize(ref numbers, (int)Math.Min(all, 2L * numbers.Length));
            }

            ulong zigzag = cursor.Number();
            numbers[i] = (i < numbersOfEvent ? 0 : numbers[i - numbersOfEvent]) + ((zigzag >> 1) ^ (0 - (zigzag & 1)));
        }

        return numbers;
    }

    /// <summary>Where the reading is.</summary>
    private sealed class Cursor(Stream stream, string source)
    {
        private long _position;

        public bool TryByte(out byte value)
        {
            int read = stream.ReadByte();
            value = (byte)read;
            _position += read < 0 ? 0 : 1;
            return read >= 0;
        }

        public byte Byte() => TryByte(out byte value) ? value : throw Failed("the file ends within a trace");

        public void Fill(Span<byte> bytes)
        {
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _position += read;
            if (read < bytes.Length)
            {
                throw Failed($"{bytes.Length} bytes expected, {read} left");
            }
        }

        public ulong Word()
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            Fill(bytes);
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        public ulong Number()
        {
            ulong number = 0;
            for (int shift = 0; shift <= MostShift; shift += BitsPerByte)
            {
                byte next = Byte();
                number |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return shift == MostShift && next > 1 ? throw Failed("a number of more than 64 bits") : number;
                }
            }

            throw Failed("a number of more than 64 bits");
        }

        public KernelException Failed(string what) => new($"{source}: kernel traces, unpacked offset {_position}: {what}");
    }
}
