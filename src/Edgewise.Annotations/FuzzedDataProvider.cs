using System.Text;

namespace Edgewise.Annotations;

/// <summary>
/// Cuts one fuzzer input into values: equal inputs and equal calls give equal values. Bytes and strings come from the front of the input, all else from
/// its end, so that lengths and choices stay where they are while a fuzzer changes the content.
/// </summary>
/// <remarks>
/// Value for value what <c>FuzzedDataProvider</c> of LLVM's <c>fuzzer/FuzzedDataProvider.h</c> gives for the same bytes. C++ strings are bytes; here they are
/// read as UTF-8, where an ill-formed sequence becomes U+FFFD. When the input is used up, each call still answers, with the smallest value.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed partial class FuzzedDataProvider
{
    private byte[] _data;

    // The rest of the input: [_front, _end) of _data.
    private int _front;
    private int _end;

    /// <summary>Begins with a copy of an input.</summary>
    public FuzzedDataProvider(ReadOnlySpan<byte> data)
    {
        _data = data.ToArray();
        _end = data.Length;
    }

    /// <summary>Gets the part of each value that is read; null where nobody asks.</summary>
    internal List<ConsumedPart>? Parts { get; set; }

    /// <summary>How many bytes of the input are left.</summary>
    public int RemainingBytes => _end - _front;

    /// <summary>Begins again with a copy of another input, in the same memory if it fits. For what calls a target many times.</summary>
    public void Reset(ReadOnlySpan<byte> data)
    {
        if (_data.Length < data.Length)
        {
            _data = new byte[Math.Max(data.Length, Math.Min(2 * _data.Length, Array.MaxLength))];
        }

        data.CopyTo(_data);
        _front = 0;
        _end = data.Length;
    }

    /// <summary>The next bytes; fewer where fewer are left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public byte[] ConsumeBytes(int count) => Take(count).ToArray();

    /// <summary>The next bytes, fewer where fewer are left, and a last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public byte[] ConsumeBytesWithTerminator(int count, byte terminator = 0)
    {
        ReadOnlySpan<byte> taken = Take(count);
        byte[] result = new byte[taken.Length + 1];
        taken.CopyTo(result);
        result[^1] = terminator;
        return result;
    }

    /// <summary>All bytes that are left.</summary>
    public byte[] ConsumeRemainingBytes() => ConsumeBytes(RemainingBytes);

    /// <summary>Fills memory with the next bytes.</summary>
    /// <returns>How many there were.</returns>
    public int ConsumeData(Span<byte> destination)
    {
        ReadOnlySpan<byte> taken = Take(destination.Length);
        taken.CopyTo(destination);
        return taken.Length;
    }

    /// <summary>The text of the next bytes; of fewer where fewer are left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public string ConsumeBytesAsString(int count) => Encoding.UTF8.GetString(Take(count));

    /// <summary>The text of all bytes that are left.</summary>
    public string ConsumeRemainingBytesAsString() => ConsumeBytesAsString(RemainingBytes);

    /// <summary>
    /// Bytes up to a backslash that another byte than a backslash follows, which ends them; two backslashes stand for one. So a fuzzer that inserts a byte makes
    /// them longer by one, and moves nothing else.
    /// </summary>
    /// <param name="maximum">Length at which they end without that.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public byte[] ConsumeRandomLengthBytes(int maximum) => TakeRandomLength(maximum).ToArray();

    /// <summary>The text of <see cref="ConsumeRandomLengthBytes"/>.</summary>
    /// <param name="maximum">Length in bytes at which it ends without a backslash.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public string ConsumeRandomLengthString(int maximum) => Encoding.UTF8.GetString(TakeRandomLength(maximum));

    /// <summary>The text of <see cref="ConsumeRandomLengthBytes"/>, of any length.</summary>
    public string ConsumeRandomLengthString() => ConsumeRandomLengthString(RemainingBytes);

    private ReadOnlySpan<byte> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ReadOnlySpan<byte> taken = _data.AsSpan(_front, Math.Min(count, RemainingBytes));
        Parts?.Add(new ConsumedPart(_front, taken.Length, IsNumber: false));
        _front += taken.Length;
        return taken;
    }

    // Escapes are undone in place: what is read never comes again.
    private ReadOnlySpan<byte> TakeRandomLength(int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        int start = _front;
        int length = 0;
        int ending = 0;
        while (length < maximum && _front < _end)
        {
            byte next = _data[_front++];
            if (next == '\\' && _front < _end)
            {
                next = _data[_front++];
                if (next != '\\')
                {
                    ending = 2;
                    break;
                }
            }

            _data[start + length++] = next;
        }

        Parts?.Add(new ConsumedPart(start, _front - start - ending, IsNumber: false));
        return _data.AsSpan(start, length);
    }
}
