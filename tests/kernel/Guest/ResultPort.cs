using System.Text;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>Sends files through a serial port: for each a line <c>FILE NAME LENGTH</c>, then its bytes.</summary>
internal sealed unsafe class ResultPort : IDisposable
{
    private const int SettingsBytes = 256;

    private readonly int _port;

    /// <summary>Opens the port, and has it pass on bytes as they are.</summary>
    public ResultPort(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            _port = Libc.open(name, Libc.WriteOnly, 0);
        }

        byte* settings = stackalloc byte[SettingsBytes];
        _ = Libc.tcgetattr(_port, settings);
        Libc.cfmakeraw(settings);
        _ = Libc.tcsetattr(_port, 0, settings);
    }

    /// <summary>Sends a file.</summary>
    public void Send(string name, byte[] content)
    {
        Write(Encoding.UTF8.GetBytes($"FILE {name} {content.Length}\n"));
        Write(content);
    }

    /// <summary>Waits until all is sent.</summary>
    public void Drain() => _ = Libc.tcdrain(_port);

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.close(_port);

    private void Write(byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint sent = 0; sent < bytes.Length;)
            {
                nint now = Libc.write(_port, start + sent, bytes.Length - sent);
                sent += now > 0 ? now : throw new IOException("the serial port takes nothing");
            }
        }
    }
}
