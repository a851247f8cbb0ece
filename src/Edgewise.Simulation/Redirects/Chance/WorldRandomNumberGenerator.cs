using System.Security.Cryptography;

namespace Edgewise.Simulation.Redirects.Chance;

/// <summary>What <c>RandomNumberGenerator.Create()</c> gives redirected code: bytes of the world's counted source, outside of worlds the system's.</summary>
internal sealed class WorldRandomNumberGenerator : RandomNumberGenerator
{
    /// <inheritdoc/>
    public override void GetBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetBytes(data.AsSpan());
    }

    /// <inheritdoc/>
    public override void GetBytes(Span<byte> data) => RandomNumberGeneratorCalls.Fill(data);

    /// <inheritdoc/>
    public override void GetNonZeroBytes(Span<byte> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)RandomNumberGeneratorCalls.GetInt32(1, 256);
        }
    }

    /// <inheritdoc/>
    public override void GetNonZeroBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetNonZeroBytes(data.AsSpan());
    }
}
