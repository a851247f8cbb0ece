using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>What a fork server and its worker share: the phase of the run, and inputs that returned, for a later worker to warm up with.</summary>
/// <remarks>
/// Phases are changed by compare and exchange. While the tool does not know of a run the worker answers alone; from <see cref="RunPhase.Reporting"/> on only the
/// fork server writes to the tool, so that a worker may be killed at any moment and each run has exactly one answer.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class RunState
{
    private const int SampleSize = 1 << 16;
    private const int SampleCount = 16;
    private const int HeaderSize = 64;
    private const int OftenUntil = 32;
    private const int Seldom = 1024;
    private const long Size = HeaderSize + ((long)SampleCount * SampleSize);

    private readonly Words* _words;

    private RunState(int file)
    {
        File = file;
        _words = (Words*)Descriptor.Map(file, Size);
    }

    /// <summary>The descriptor of the memory.</summary>
    public int File { get; }

    /// <summary>Where the worker is.</summary>
    public RunPhase Phase
    {
        get => (RunPhase)Volatile.Read(ref _words->Phase);
        set => Volatile.Write(ref _words->Phase, (int)value);
    }

    /// <summary>How the run ended, where its phase is <see cref="RunPhase.Done"/>.</summary>
    public ref int Status => ref _words->Status;

    /// <summary>Runs so far.</summary>
    public ref long Runs => ref _words->Runs;

    /// <summary>True once a worker has spoken with the tool.</summary>
    public bool HasSpoken
    {
        get => _words->HasSpoken != 0;
        set => _words->HasSpoken = value ? 1 : 0;
    }

    /// <summary>True where test cases stand in shared memory.</summary>
    public bool SharesInput
    {
        get => _words->SharesInput != 0;
        set => _words->SharesInput = value ? 1 : 0;
    }

    /// <summary>Number of inputs to warm up with.</summary>
    public int Samples
    {
        get => (int)Math.Min(_words->Sampled, SampleCount);
        set => _words->Sampled = value;
    }

    /// <summary>Makes the memory; in the fork server.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static RunState Create() => new(Descriptor.MakeMemoryFile("edgewise-afl", Size));

    /// <summary>Takes the memory of the fork server; in a worker.</summary>
    /// <exception cref="IOException">The descriptor is no such memory.</exception>
    public static RunState Open(int file) => new(file);

    /// <summary>Goes from one phase to another, if no one else did.</summary>
    public bool TryMove(RunPhase from, RunPhase to) => Interlocked.CompareExchange(ref _words->Phase, (int)to, (int)from) == (int)from;

    /// <summary>Keeps some of the inputs that returned.</summary>
    /// <param name="input">One that just did.</param>
    public void Sample(ReadOnlySpan<byte> input)
    {
        if (_words->Runs >= OftenUntil && _words->Runs % Seldom != 0)
        {
            return;
        }

        Keep(input);
    }

    /// <summary>An input to warm up with.</summary>
    public ReadOnlySpan<byte> SampleAt(int index)
    {
        byte* sample = SamplePlace(index);
        return new ReadOnlySpan<byte>(sample + sizeof(int), *(int*)sample);
    }

    private void Keep(ReadOnlySpan<byte> input)
    {
        if (input.Length > SampleSize - sizeof(int))
        {
            return;
        }

        byte* sample = SamplePlace((int)(_words->Sampled++ % SampleCount));
        *(int*)sample = input.Length;
        input.CopyTo(new Span<byte>(sample + sizeof(int), input.Length));
    }

    private byte* SamplePlace(int index) => (byte*)_words + HeaderSize + ((long)index * SampleSize);

    [StructLayout(LayoutKind.Sequential)]
    private struct Words
    {
        public int Phase;
        public int Status;
        public int HasSpoken;
        public int SharesInput;
        public long Runs;
        public long Sampled;
    }
}
