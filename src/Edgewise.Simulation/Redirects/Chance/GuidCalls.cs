namespace Edgewise.Simulation.Redirects.Chance;

/// <summary>New <see cref="Guid"/>s: in a world of its counted source, and of simulated time.</summary>
[StandsInFor(typeof(Guid))]
public static class GuidCalls
{
    private const int TimeBytes = 6;
    private const int VersionByte = 6;
    private const int VariantByte = 8;

    /// <inheritdoc cref="Guid.NewGuid()"/>
    public static Guid NewGuid() => World.Current is null ? Guid.NewGuid() : Make(4, 0, 0);

    /// <inheritdoc cref="Guid.CreateVersion7()"/>
    public static Guid CreateVersion7() => World.Current is { } world ? CreateVersion7(world.Time.GetUtcNow()) : Guid.CreateVersion7();

    /// <inheritdoc cref="Guid.CreateVersion7(DateTimeOffset)"/>
    public static Guid CreateVersion7(DateTimeOffset timestamp)
    {
        long milliseconds = timestamp.ToUnixTimeMilliseconds();
        return World.Current is null || milliseconds < 0 ? Guid.CreateVersion7(timestamp) : Make(7, milliseconds, TimeBytes);
    }

    // RFC 9562: random bits, the time in front, version and variant in their places.
    private static Guid Make(int version, long milliseconds, int timeBytes)
    {
        Span<byte> bytes = stackalloc byte[16];
        WorldRandom.Instance.NextBytes(bytes);
        for (int i = 0; i < timeBytes; i++)
        {
            bytes[i] = (byte)(milliseconds >> (8 * (timeBytes - 1 - i)));
        }

        bytes[VersionByte] = (byte)((bytes[VersionByte] & 0x0F) | (version << 4));
        bytes[VariantByte] = (byte)((bytes[VariantByte] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
