using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ReadAllAsync</c>, whose awaits stand in the framework: in a world they are the world's. Other reads are awaited by who reads.</summary>
[StandsInFor(typeof(ChannelReader<>))]
public static class ChannelReaderCalls
{
    /// <inheritdoc cref="ChannelReader{T}.ReadAllAsync(CancellationToken)"/>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(ChannelReader<T> reader, CancellationToken cancellationToken) =>
        World.Current is null ? reader.ReadAllAsync(cancellationToken) : ReadAll(reader, cancellationToken);

    private static async IAsyncEnumerable<T> ReadAll<T>(ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            while (reader.TryRead(out T? item))
            {
                yield return item;
            }
        }
    }
}
