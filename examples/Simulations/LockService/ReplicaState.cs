using System.Buffers.Binary;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>What a replica must not forget.</summary>
/// <param name="Token">The highest token that it voted for.</param>
/// <param name="Client">Whom it voted for.</param>
/// <param name="Expiry">When the lease under that token ends, in ticks; 0 if it was given back.</param>
internal readonly record struct ReplicaState(long Token, long Client, long Expiry)
{
    private const int Size = 24;

    public void Save(DurableStore disk, string key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Token);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Client);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Expiry);
        disk.Write(key, bytes);
    }

    public static ReplicaState? Load(DurableStore disk, string key) => disk.TryRead(key, out ReadOnlyMemory<byte> bytes)
        ? new ReplicaState(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Span),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[16..]))
        : null;
}
