using System.Runtime.InteropServices;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>Every PC as its distance from the one before: zigzag, then seven bits a byte. Nothing is left out, the order stays.</summary>
internal unsafe struct DeltaTrace : IUniqueDesign
{
    private const int LongestCode = 10;
    private const int BitsPerByte = 7;
    private const ulong More = 0x80;

    private readonly byte* _start;
    private readonly byte* _end;
    private byte* _next;
    private ulong _before;
    private long _events;

    public DeltaTrace(int words)
    {
        _start = _next = (byte*)NativeMemory.AllocZeroed((nuint)words, sizeof(ulong));
        _end = _start + ((long)words * sizeof(ulong)) - LongestCode;
    }

    public readonly long Recorded => _events;

    public long Lost { get; private set; }

    public readonly long StateBytes => 0;

    /// <summary>Bytes of the trace.</summary>
    public readonly long Bytes => _next - _start;

    /// <summary>The trace.</summary>
    public readonly ReadOnlySpan<byte> Coded => new(_start, (int)Bytes);

    // Nearly all distances have two bytes.
    public bool IsSettled(ulong pc, uint* guard)
    {
        long delta = (long)(pc - _before);
        ulong code = (ulong)((delta << 1) ^ (delta >> 63));
        if (code >> (2 * BitsPerByte) != 0 || _next >= _end)
        {
            return false;
        }

        byte* next = _next;
        bool isLong = code >= More;
        next[0] = (byte)(isLong ? code | More : code);
        next[1] = (byte)(code >> BitsPerByte);
        _next = next + (isLong ? 2 : 1);
        _before = pc;
        _events++;
        return true;
    }

    public void Record(ulong pc, uint* guard)
    {
        if (_next >= _end)
        {
            Lost++;
            return;
        }

        long delta = (long)(pc - _before);
        ulong code = (ulong)((delta << 1) ^ (delta >> 63));
        byte* next = _next;
        while (code >= More)
        {
            *next++ = (byte)(code | More);
            code >>= BitsPerByte;
        }

        *next++ = (byte)code;
        _next = next;
        _before = pc;
        _events++;
    }

    public void Reset()
    {
        _next = _start;
        _before = 0;
        _events = 0;
        Lost = 0;
    }

    public readonly ulong[] Found()
    {
        List<ulong> pcs = [];
        ulong pc = 0;
        for (byte* at = _start; at < _next;)
        {
            ulong code = 0;
            int shift = 0;
            byte part;
            do
            {
                part = *at++;
                code |= (part & (More - 1)) << shift;
                shift += BitsPerByte;
            }
            while ((part & More) != 0);

            pc += (code >> 1) ^ (0 - (code & 1));
            pcs.Add(pc);
        }

        return [.. pcs];
    }

    public readonly void Free() => NativeMemory.Free(_start);
}
