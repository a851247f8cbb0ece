using System.Runtime.InteropServices;

namespace Edgewise.Bench.Feedback;

/// <summary>
/// A pool of random coverage maps, more than a branch predictor learns, in page-aligned memory as a mapped coverage map is.
/// Hit points are scattered uniformly; of their counts 60 % are 1, 15 % 2, 5 % 3, 10 % 4–7, 5 % 8–15, 3 % 16–31, 1.5 % 32–127
/// and 0.5 % 128–255.
/// </summary>
internal sealed unsafe class CounterMaps : IDisposable
{
    private const int Page = 4096;

    private readonly byte* _maps;
    private readonly byte* _near;
    private readonly byte* _history;
    private int _next;

    /// <param name="length">Points a map; a multiple of the page size.</param>
    /// <param name="count">Maps in the pool; a multiple of <paramref name="batch"/>.</param>
    /// <param name="batch">Maps that <see cref="NextBatch"/> brings near.</param>
    /// <param name="hitShare">Share of the points that are hit, 0 to 1.</param>
    /// <param name="seed">Same seed, same maps.</param>
    public CounterMaps(int length, int count, int batch, double hitShare, int seed)
    {
        Length = length;
        Count = count;
        Batch = batch;
        _maps = (byte*)NativeMemory.AlignedAlloc((nuint)length * (nuint)count, Page);
        _near = (byte*)NativeMemory.AlignedAlloc((nuint)length * (nuint)batch, Page);
        _history = (byte*)NativeMemory.AlignedAlloc((nuint)length, Page);
        History.Clear();
        var random = new Random(seed);
        for (int map = 0; map < count; map++)
        {
            foreach (ref byte counter in new Span<byte>(_maps + ((long)map * length), length))
            {
                counter = random.NextDouble() < hitShare ? Hits(random) : (byte)0;
            }
        }
    }

    /// <summary>Points a map.</summary>
    public int Length { get; }

    /// <summary>Maps in the pool.</summary>
    public int Count { get; }

    /// <summary>Maps brought near at a time.</summary>
    public int Batch { get; }

    /// <summary>The history that the maps are compared with; all zero at first.</summary>
    public Span<byte> History => new(_history, Length);

    /// <summary>One of the maps that <see cref="NextBatch"/> brought near.</summary>
    public ReadOnlySpan<byte> Near(int map) => new(_near + ((long)map * Length), Length);

    /// <summary>
    /// Copies the next maps of the pool next to the core, as a run that has just written its counters leaves them.
    /// Not part of a timed call.
    /// </summary>
    public void NextBatch()
    {
        long bytes = (long)Batch * Length;
        Buffer.MemoryCopy(_maps + ((long)_next * Length), _near, bytes, bytes);
        _next = (_next + Batch) % Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_maps);
        NativeMemory.AlignedFree(_near);
        NativeMemory.AlignedFree(_history);
    }

    private static byte Hits(Random random) => random.NextDouble() switch
    {
        < 0.60 => 1,
        < 0.75 => 2,
        < 0.80 => 3,
        < 0.90 => (byte)random.Next(4, 8),
        < 0.95 => (byte)random.Next(8, 16),
        < 0.98 => (byte)random.Next(16, 32),
        < 0.995 => (byte)random.Next(32, 128),
        _ => (byte)random.Next(128, 256),
    };
}
