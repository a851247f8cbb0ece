using System.Runtime.InteropServices;
using System.Text;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>What a worker tells its parent while it replays, in memory that outlives it.</summary>
/// <remarks>The worker writes, the parent reads: while it runs what is in flight, behind its end why it ended.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ReplayBlock
{
    private const int TextSize = 4096;
    private const int KeySize = 64;

    /// <summary>Where the worker is.</summary>
    public WorkerState State;

    /// <summary>Number of the entry that is replayed at present.</summary>
    public int InFlight;

    /// <summary>1 while the target runs.</summary>
    public int IsInTarget;

    /// <summary>Entries that are done, those included that were replayed before.</summary>
    public int Done;

    /// <summary>Calls of the target so far: two looks that find the same number in the target found the same call.</summary>
    public long Calls;

    /// <summary>The first entry that is not done, for a worker that ends with <see cref="WorkerState.More"/>.</summary>
    public int Next;

    private int _errorLength;
    private fixed byte _error[TextSize];
    private int _targetLength;
    private fixed byte _target[TextSize];
    private fixed byte _key[KeySize];

    /// <summary>Why it could not do what it should.</summary>
    public string Error
    {
        get
        {
            fixed (byte* text = _error)
            {
                return Read(text, _errorLength);
            }
        }

        set
        {
            fixed (byte* text = _error)
            {
                _errorLength = Write(text, value);
            }
        }
    }

    /// <summary>Name of the target; empty before it is known.</summary>
    public string Target
    {
        get
        {
            fixed (byte* text = _target)
            {
                return Read(text, _targetLength);
            }
        }

        set
        {
            fixed (byte* text = _target)
            {
                _targetLength = Write(text, value);
            }
        }
    }

    /// <summary>Name of the folder in the cache that belongs to the target and the options; empty before it is known.</summary>
    public string Key
    {
        get
        {
            fixed (byte* text = _key)
            {
                return text[0] == 0 ? "" : Encoding.ASCII.GetString(text, KeySize);
            }
        }

        set
        {
            fixed (byte* text = _key)
            {
                Encoding.ASCII.GetBytes(value, new Span<byte>(text, KeySize));
            }
        }
    }

    private static string Read(byte* text, int length) => Encoding.UTF8.GetString(text, Math.Clamp(length, 0, TextSize));

    // As much of it as there is room for.
    private static int Write(byte* text, string value)
    {
        Encoding.UTF8.GetEncoder().Convert(value, new Span<byte>(text, TextSize), flush: true, out _, out int written, out _);
        return written;
    }
}
