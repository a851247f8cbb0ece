using System.Globalization;
using System.Text;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Passes calls on to a kernel and writes down its answers, with what it wrote into mapped memory since the call before.</summary>
/// <remarks>The text: <see cref="RecordedAnswers"/>. Threads may take turns; they do not overlap in the checks.</remarks>
public sealed unsafe class RecordingCalls(IKernelCalls kernel, Action<string> perform) : IKernelCalls
{
    private readonly StringBuilder _text = new();
    private readonly List<Mapping> _mappings = [];
    private readonly Dictionary<int, int> _names = [];
    private int _opened;

    /// <summary>Begins the answers of a check.</summary>
    public void Begin(string check)
    {
        _mappings.Clear();
        _names.Clear();
        _opened = 0;
        _text.Append(CultureInfo.InvariantCulture, $"{RecordedAnswers.Check} {check}\n");
    }

    /// <inheritdoc/>
    public int Open(string path)
    {
        int descriptor = kernel.Open(path);
        int name = descriptor < 0 ? descriptor : ++_opened;
        if (descriptor >= 0)
        {
            _names[descriptor] = name;
        }

        _text.Append(CultureInfo.InvariantCulture, $"open {path} = {name}\n");
        return descriptor;
    }

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ulong argument) =>
        Note(string.Create(CultureInfo.InvariantCulture, $"control {_names[descriptor]} {request:x} {argument:x}"), kernel.Control(descriptor, request, argument));

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument) =>
        Note(string.Create(CultureInfo.InvariantCulture, $"control {_names[descriptor]} {request:x} x{Convert.ToHexStringLower(argument)}"), kernel.Control(descriptor, request, argument));

    /// <inheritdoc/>
    public long Map(int descriptor, long offset, long length, bool isWritable)
    {
        long address = kernel.Map(descriptor, offset, length, isWritable);
        if (address >= 0)
        {
            _mappings.Add(new Mapping(_names[descriptor], offset, address, (int)(length / sizeof(ulong)), isWritable));
        }

        Note(string.Create(CultureInfo.InvariantCulture, $"map {_names[descriptor]} {offset} {length} {(isWritable ? "rw" : "r")}"), (int)Math.Min(address, 0));
        return address;
    }

    /// <inheritdoc/>
    public int Unmap(long address, long length)
    {
        _mappings.RemoveAll(mapping => mapping.Address == address);
        return kernel.Unmap(address, length);
    }

    /// <inheritdoc/>
    public int Close(int descriptor) => Note(string.Create(CultureInfo.InvariantCulture, $"close {_names[descriptor]}"), kernel.Close(descriptor));

    /// <summary>Does a piece of work, and writes down what came of it.</summary>
    public void Perform(string work)
    {
        perform(work);
        Note($"perform {work}", 0, isWork: true);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private int Note(string call, int answer, bool isWork = false)
    {
        // The thread that writes down may be traced: what that adds is taken back, so that a check sees what it would see alone.
        Span<ulong> counts = stackalloc ulong[_mappings.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref *(ulong*)_mappings[i].Address);
        }

        _text.Append(CultureInfo.InvariantCulture, $"{call} = {answer}\n");
        for (int i = 0; i < counts.Length; i++)
        {
            // Several views of an area have the same words; the first tells them.
            Mapping mapping = _mappings[i];
            if (_mappings.FindIndex(other => other.Device == mapping.Device && other.Offset == mapping.Offset) == i)
            {
                mapping.WriteChanges(counts[i], isWork, _text);
            }
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (_mappings[i].IsWritable)
            {
                Volatile.Write(ref *(ulong*)_mappings[i].Address, counts[i]);
            }
        }

        return answer;
    }

    private sealed class Mapping(int device, long offset, long address, int words, bool isWritable)
    {
        private const int Gap = 8;

        private readonly ulong[] _seen = new ulong[words];

        public int Device => device;

        public long Offset => offset;

        public long Address => address;

        public bool IsWritable => isWritable;

        public void WriteChanges(ulong count, bool isWork, StringBuilder text)
        {
            var now = new ReadOnlySpan<ulong>((ulong*)address, words);
            // The count may have been set to 0 since, and have come to what it was.
            _seen[0] = isWork ? ~count : _seen[0];
            Write(0, [count], text);
            int end = 1 + (int)Math.Min(count * 4, (ulong)words - 1);
            for (int from = 1; from < end; from++)
            {
                if (now[from] == _seen[from])
                {
                    continue;
                }

                int to = from;
                for (int i = from; i < end && i <= to + Gap; i++)
                {
                    to = now[i] != _seen[i] ? i : to;
                }

                Write(from, now[from..(to + 1)], text);
                from = to;
            }
        }

        private void Write(int from, ReadOnlySpan<ulong> now, StringBuilder text)
        {
            Span<ulong> seen = _seen.AsSpan(from, now.Length);
            if (!now.SequenceEqual(seen))
            {
                now.CopyTo(seen);
                text.Append(CultureInfo.InvariantCulture, $"{RecordedAnswers.Memory} {device} {offset} {from} {RecordedAnswers.Encode(seen)}\n");
            }
        }
    }
}
