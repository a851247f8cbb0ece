using System.Security.Cryptography;

namespace Edgewise.Simulation.Redirects.Chance;

/// <summary><see cref="RandomNumberGenerator"/>: in a world its counted source, which keeps no secret.</summary>
[StandsInFor(typeof(RandomNumberGenerator))]
public static class RandomNumberGeneratorCalls
{
    /// <inheritdoc cref="RandomNumberGenerator.Create()"/>
    public static RandomNumberGenerator Create() => World.Current is null ? RandomNumberGenerator.Create() : new WorldRandomNumberGenerator();

    /// <inheritdoc cref="RandomNumberGenerator.Fill(Span{byte})"/>
    public static void Fill(Span<byte> data)
    {
        if (World.Current is null)
        {
            RandomNumberGenerator.Fill(data);
        }
        else
        {
            WorldRandom.Instance.NextBytes(data);
        }
    }

    /// <inheritdoc cref="RandomNumberGenerator.GetBytes(int)"/>
    public static byte[] GetBytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <inheritdoc cref="RandomNumberGenerator.GetInt32(int)"/>
    public static int GetInt32(int toExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toExclusive);
        return GetInt32(0, toExclusive);
    }

    /// <inheritdoc cref="RandomNumberGenerator.GetInt32(int, int)"/>
    public static int GetInt32(int fromInclusive, int toExclusive) => World.Current is null || fromInclusive >= toExclusive
        ? RandomNumberGenerator.GetInt32(fromInclusive, toExclusive)
        : WorldRandom.Instance.Next(fromInclusive, toExclusive);

    /// <inheritdoc cref="RandomNumberGenerator.GetItems{T}(ReadOnlySpan{T}, int)"/>
    public static T[] GetItems<T>(ReadOnlySpan<T> choices, int length) =>
        World.Current is null ? RandomNumberGenerator.GetItems(choices, length) : WorldRandom.Instance.GetItems(choices, length);

    /// <inheritdoc cref="RandomNumberGenerator.GetItems{T}(ReadOnlySpan{T}, Span{T})"/>
    public static void GetItems<T>(ReadOnlySpan<T> choices, Span<T> destination)
    {
        if (World.Current is null)
        {
            RandomNumberGenerator.GetItems(choices, destination);
        }
        else
        {
            WorldRandom.Instance.GetItems(choices, destination);
        }
    }

    /// <inheritdoc cref="RandomNumberGenerator.Shuffle{T}(Span{T})"/>
    public static void Shuffle<T>(Span<T> values)
    {
        if (World.Current is null)
        {
            RandomNumberGenerator.Shuffle(values);
        }
        else
        {
            WorldRandom.Instance.Shuffle(values);
        }
    }

    /// <inheritdoc cref="RandomNumberGenerator.GetString(ReadOnlySpan{char}, int)"/>
    public static string GetString(ReadOnlySpan<char> choices, int length) =>
        World.Current is null ? RandomNumberGenerator.GetString(choices, length) : new string(GetItems(choices, length));

    /// <inheritdoc cref="RandomNumberGenerator.GetHexString(int, bool)"/>
    public static string GetHexString(int stringLength, bool lowercase) => World.Current is null
        ? RandomNumberGenerator.GetHexString(stringLength, lowercase)
        : new string(GetItems<char>(lowercase ? "0123456789abcdef" : "0123456789ABCDEF", stringLength));

    /// <inheritdoc cref="RandomNumberGenerator.GetHexString(Span{char}, bool)"/>
    public static void GetHexString(Span<char> destination, bool lowercase) => GetHexString(destination.Length, lowercase).CopyTo(destination);
}
