using System.Buffers.Binary;
using System.Text.Json;
using Edgewise.Supervision.Memory;

namespace Edgewise.Fuzzing.Running;

/// <summary>Messages from a worker to its parent, through shared memory: what was sent before a process died arrives.</summary>
internal sealed unsafe class FuzzChannel : IDisposable
{
    private const int Capacity = 1 << 23;
    private const int Line = 64;
    private const int PauseMilliseconds = 1;

    private readonly SharedFile _file;
    private readonly ByteRing _ring;

    private FuzzChannel(SharedFile file, string path)
    {
        _file = file;
        Path = path;
        _ring = new ByteRing((long*)file.Start, (long*)(file.Start + Line), file.Start + (2 * Line), Capacity);
    }

    /// <summary>Path for the worker.</summary>
    public string Path { get; }

    /// <summary>Makes a channel; in the parent.</summary>
    public static FuzzChannel Create()
    {
        SharedFile file = SharedFile.Create("edgewise-fuzz-channel", Capacity + (2 * Line));
        return new FuzzChannel(file, file.ShareUnnamed());
    }

    /// <summary>Takes the worker's end.</summary>
    public static FuzzChannel Open(string path) => new(SharedFile.Open(path), path);

    /// <summary>Sends a message; waits where the parent is slow. One that is too large is told without what makes it so.</summary>
    public void Send(FuzzMessage message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message);
        Span<byte> head = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, body.Length);
        while (!_ring.TryWrite(head, body))
        {
            Thread.Sleep(PauseMilliseconds);
        }
    }

    /// <summary>The next message; null where none waits.</summary>
    public FuzzMessage? Receive()
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        if (!_ring.TryPeek(0, head))
        {
            return null;
        }

        byte[] body = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
        _ring.TryPeek(head.Length, body);
        _ring.Skip(head.Length + body.Length);
        return JsonSerializer.Deserialize<FuzzMessage>(body);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
