using System.Buffers.Binary;

namespace Edgewise.Simulation.Redirects.Chance;

/// <summary>
/// What <c>Random.Shared</c> and <c>new Random()</c> are to redirected code: numbers of the world that runs on the calling thread, drawn from its counted source
/// one by one, so that a timeline can branch at each; else those of <see cref="Random.Shared"/>. It has no state, so that one kept in a static field is right in every world.
/// </summary>
internal sealed class WorldRandom : Random
{
    // With a seed, for without one the base class would ask the system for it.
    private WorldRandom() : base(0)
    {
    }

    /// <summary>The one there is.</summary>
    public static WorldRandom Instance { get; } = new();

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)NextInt64(maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return NextInt64(0, maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return World.Current is not { } world ? Shared.NextInt64(minValue, maxValue)
            : minValue == maxValue ? minValue
            : world.Random.Between(minValue, maxValue);
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override float NextSingle() => World.Current is { } world ? (world.Random.Next() >> 40) * (1.0f / (1u << 24)) : Shared.NextSingle();

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Eight bytes a draw, the lowest first.</summary>
    public override void NextBytes(Span<byte> buffer)
    {
        if (World.Current is not { } world)
        {
            Shared.NextBytes(buffer);
            return;
        }

        Span<byte> drawn = stackalloc byte[sizeof(ulong)];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(drawn, world.Random.Next());
            int count = Math.Min(buffer.Length, drawn.Length);
            drawn[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => World.Current is { } world ? world.Random.NextDouble() : Shared.NextDouble();
}
