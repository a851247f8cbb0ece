using System.Reflection;
using Edgewise.Bench.EchoServer;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Overhead;

/// <summary>Kestrel web applications in this process, one a variant: the application and the parser that it calls are instrumented, the framework is not.</summary>
internal sealed class EchoServers : IDisposable
{
    private readonly List<(string Name, int Port, Action Stop)> _servers = [];
    private readonly List<ThreadLocal<EchoClient>> _clients = [];

    /// <summary>Starts a server for each variant.</summary>
    public EchoServers(IEnumerable<Variant> variants)
    {
        foreach (Variant variant in variants)
        {
            Dictionary<string, byte[]> images = [];
            foreach (Type type in (ReadOnlySpan<Type>)[typeof(EchoApplication), typeof(MiniJson)])
            {
                string name = type.Assembly.GetName().Name!;
                images[name] = variant.Prepare(File.ReadAllBytes(type.Assembly.Location), name + ".dll");
            }

            Assembly assembly = new VariantContext($"echo {variant.Name}", images).Open(typeof(EchoApplication).Assembly.GetName().Name!);
            MethodInfo start = assembly.GetType(typeof(EchoApplication).FullName!)!.GetMethod(nameof(EchoApplication.Start))!;
            (int port, Action stop) = start.CreateDelegate<Func<(int, Action)>>()();
            _servers.Add((variant.Name, port, stop));
        }
    }

    /// <summary>Posts of a document to each server; each thread that runs one has a connection of its own, as each user of a server has.</summary>
    public List<Contender> Contenders(byte[] document)
    {
        byte[] expected = new byte[document.Length];
        expected = expected[..CompactJson.Write(document, expected)];
        return [.. _servers.Select(server =>
        {
            ThreadLocal<EchoClient> clients = new(() => new EchoClient(server.Port, EchoApplication.Path, document), trackAllValues: true);
            _clients.Add(clients);
            return new Contender(server.Name, () => Post(clients.Value!, expected), []);
        })];
    }

    /// <summary>Closes all connections and stops the servers.</summary>
    public void Dispose()
    {
        foreach (EchoClient client in _clients.SelectMany(static clients => clients.Values))
        {
            client.Dispose();
        }

        _clients.ForEach(static clients => clients.Dispose());
        _servers.ForEach(static server => server.Stop());
    }

    private static int Post(EchoClient client, byte[] expected)
    {
        ReadOnlySpan<byte> answer = client.Post();
        return answer.SequenceEqual(expected)
            ? answer.Length
            : throw new InvalidDataException($"the server answered {answer.Length} bytes that are not the {expected.Length} of the compact document");
    }
}
