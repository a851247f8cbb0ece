using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Edgewise.IntegrationTests.Afl;

/// <summary>Plays a tool of AFL++'s: makes the segments and pipes, starts a launcher, and speaks with it word by word.</summary>
internal sealed unsafe partial class ToolInTheTest : IDisposable
{
    /// <summary>Bytes of the coverage map.</summary>
    public const int MapSize = 1 << 16;

    /// <summary>Bytes of a CmpLog map of 4.20c and later.</summary>
    public const int RecentCompares = 151_126_016;

    private const int InputSize = (1 << 20) + sizeof(uint);
    private const int CreateForOwner = 0x200 | 0x180;

    private readonly List<int> _segments = [];
    private readonly byte* _input;
    private readonly Process _process;
    private readonly FileStream _control;
    private readonly FileStream _status;

    /// <summary>Starts a launcher.</summary>
    /// <param name="tools">Gives folder and launcher.</param>
    /// <param name="target">The target.</param>
    /// <param name="logsCompares">True with a CmpLog map of 4.20c and later.</param>
    public ToolInTheTest(AflTools tools, string target, bool logsCompares = false)
    {
        string launcher = tools.Launcher(target);
        string name = tools.At($"pipe-{Guid.NewGuid():n}");
        using (var pipes = Process.Start("mkfifo", [$"{name}.control", $"{name}.status"]))
        {
            pipes.WaitForExit();
        }

        var start = new ProcessStartInfo("bash", ["-c", "exec 198<\"$0.control\" 199>\"$0.status\"; exec \"$1\" 2>/dev/null", name, launcher]);
        start.Environment["EDGEWISE_CACHE"] = tools.At("cache");
        Map = AddSegment(start, "__AFL_SHM_ID", MapSize);
        _input = AddSegment(start, "__AFL_SHM_FUZZ_ID", InputSize);
        Compares = logsCompares ? AddSegment(start, "__AFL_CMPLOG_SHM_ID", RecentCompares) : null;
        _process = Process.Start(start)!;
        _control = new FileStream($"{name}.control", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _status = new FileStream($"{name}.status", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>The coverage map.</summary>
    public byte* Map { get; }

    /// <summary>The CmpLog map, if there is one.</summary>
    public byte* Compares { get; }

    /// <summary>Says a word.</summary>
    public void Say(uint word)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        _control.Write(bytes);
    }

    /// <summary>Hears a word.</summary>
    public uint Hear() => BinaryPrimitives.ReadUInt32LittleEndian(Hear(sizeof(uint)));

    /// <summary>Hears bytes.</summary>
    public byte[] Hear(int count)
    {
        byte[] bytes = new byte[count];
        _status.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Orders a run, and hears who runs.</summary>
    public int Order(string input, bool wasKilled = false)
    {
        new Span<byte>(Map, MapSize).Clear();
        *(uint*)_input = (uint)input.Length;
        for (int i = 0; i < input.Length; i++)
        {
            _input[sizeof(uint) + i] = (byte)input[i];
        }

        Say(wasKilled ? 1u : 0u);
        return (int)Hear();
    }

    /// <summary>The bytes of the coverage map that are not zero.</summary>
    public int Counted => MapSize - new ReadOnlySpan<byte>(Map, MapSize).Count((byte)0);

    /// <summary>Goes away, as a tool that ends; tells whether the launcher's process ended by itself.</summary>
    public bool Leave()
    {
        _control.Dispose();
        return _process.WaitForExit(TimeSpan.FromMinutes(5));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _control.Dispose();
        _status.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        foreach (int segment in _segments)
        {
            _ = Control(segment, 0, 0);
        }
    }

    private byte* AddSegment(ProcessStartInfo start, string variable, nint size)
    {
        int id = Get(0, size, CreateForOwner);
        Assert.True(id >= 0, "no shared memory");
        _segments.Add(id);
        start.Environment[variable] = id.ToString(CultureInfo.InvariantCulture);
        return (byte*)Attach(id, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "shmget")]
    private static partial int Get(int key, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "shmat")]
    private static partial nint Attach(int id, nint address, int flags);

    [LibraryImport("libc", EntryPoint = "shmctl")]
    private static partial int Control(int id, int command, nint description);
}
