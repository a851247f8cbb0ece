using System.Diagnostics;

namespace Edgewise.Bench.Showmap;

/// <summary>A running anvil: the program that <c>EDGEWISE_ANVIL</c> names, or of the PATH.</summary>
internal sealed class AnvilProcess : IDisposable
{
    private const string Listening = "Listening on ";
    private readonly Process _process;

    private AnvilProcess(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts one, or returns null where there is none.</summary>
    public static AnvilProcess? Start()
    {
        string program = Environment.GetEnvironmentVariable("EDGEWISE_ANVIL") is { Length: > 0 } named ? named : "anvil";
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, ["--host", "127.0.0.1", "--port", "0"]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                // It tells of every request, and would wait for a reader.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new(process, new("http://" + line[Listening.Length..].Trim()));
            }
        }

        process.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
