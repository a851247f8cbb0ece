using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Edgewise.Bench.Overhead;

/// <summary>One connection to an HTTP server of this process, kept open: sends the same request again and again, and reads the answer.</summary>
/// <remarks>A plain socket, since an <see cref="HttpClient"/> would do more work than the server. For one thread.</remarks>
internal sealed class EchoClient : IDisposable
{
    private const int LongestAnswer = 1 << 20;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[LongestAnswer];

    /// <summary>Connects.</summary>
    /// <param name="port">Port of the server on the loopback address.</param>
    /// <param name="path">Path of the request.</param>
    /// <param name="body">JSON to post.</param>
    public EchoClient(int port, string path, byte[] body)
    {
        string head = $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        _request = [.. Encoding.ASCII.GetBytes(head), .. body];
        _socket.Connect(IPAddress.Loopback, port);
    }

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LengthHeader => "Content-Length: "u8;

    /// <summary>Posts the body once.</summary>
    /// <returns>The body of the answer, until the next call.</returns>
    /// <exception cref="InvalidDataException">The answer is not 200, or has no length.</exception>
    /// <exception cref="SocketException">The connection failed.</exception>
    public ReadOnlySpan<byte> Post()
    {
        _socket.Send(_request);
        int received = 0, head;
        do
        {
            received += Receive(received);
            head = _answer.AsSpan(0, received).IndexOf(EndOfHead) + EndOfHead.Length;
        }
        while (head < EndOfHead.Length);

        int length = LengthOf(_answer.AsSpan(0, head));
        while (received < head + length)
        {
            received += Receive(received);
        }

        return _answer.AsSpan(head, length);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int Receive(int at)
    {
        int count = _socket.Receive(_answer.AsSpan(at));
        return count > 0 ? count : throw new InvalidDataException("the server closed the connection in the middle of an answer");
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf(LengthHeader);
        if (!head.StartsWith("HTTP/1.1 200 "u8) || at < 0)
        {
            throw new InvalidDataException($"expected an answer 200 with a length, got {Encoding.ASCII.GetString(head)}");
        }

        ReadOnlySpan<byte> value = head[(at + LengthHeader.Length)..];
        return int.Parse(value[..value.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
