using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Edgewise.Report.Html;

namespace Edgewise.Report.Serving;

/// <summary>Serves a report to browsers on this machine, and tells them when it changed.</summary>
/// <remarks>It listens on the loopback address alone, and answers only requests that name that address or <c>localhost</c>: a page of somebody else's cannot read it under a name of its own.</remarks>
public sealed class ReportServer : IDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    private readonly HttpListener _listener = new();
    private readonly Lock _gate = new();
    private ReportSite _site;
    private int _version;

    // Completed and replaced with each change; who waits for the next one holds it.
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to listen.</summary>
    /// <param name="site">What is served.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="ReportException">The port is taken, or may not be used.</exception>
    public ReportServer(ReportSite site, int port)
    {
        _site = site;
        Port = port == 0 ? FreePort() : port;
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/"));
        try
        {
            _listener.Start();
        }
        catch (Exception e) when (e is HttpListenerException or SocketException)
        {
            throw new ReportException($"--port {Port}: cannot be listened on: {e.Message}", e);
        }
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Address of the page.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/");

    /// <summary>Serves another report from now on, and tells those who watch.</summary>
    public void Update(ReportSite site)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _site = site;
            _version++;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Answers requests until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration stop = cancellation.Register(_listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = AnswerAsync(context, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellation)
    {
        HttpListenerResponse response = context.Response;
        try
        {
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.Headers["Cache-Control"] = "no-cache";
            string name = context.Request.Url?.AbsolutePath.TrimStart('/') ?? "";
            if (context.Request.HttpMethod is not ("GET" or "HEAD"))
            {
                response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            }
            else if (!IsOwnHost(context.Request.UserHostName))
            {
                response.StatusCode = (int)HttpStatusCode.Forbidden;
            }
            else if (name == "changes")
            {
                await TellChangesAsync(response, cancellation).ConfigureAwait(false);
            }
            else
            {
                await SendAsync(response, name.Length == 0 ? ReportSite.PageName : name, context.Request.HttpMethod == "GET", cancellation).ConfigureAwait(false);
            }

            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The browser went away, or the server stops: there is nobody to tell.
            response.Abort();
        }
    }

    private bool IsOwnHost(string? host) =>
        host == string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}") || host == string.Create(CultureInfo.InvariantCulture, $"localhost:{Port}");

    private async Task SendAsync(HttpListenerResponse response, string name, bool hasBody, CancellationToken cancellation)
    {
        byte[]? content;
        lock (_gate)
        {
            content = _site.Find(name);
        }

        if (content is null)
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            _ => "text/javascript; charset=utf-8",
        };
        response.ContentLength64 = content.Length;
        if (hasBody)
        {
            await response.OutputStream.WriteAsync(content, cancellation).ConfigureAwait(false);
        }
    }

    // Server-sent events: one a change, and a comment now and then by which a browser that left is noticed.
    private async Task TellChangesAsync(HttpListenerResponse response, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.SendChunked = true;
        await TellAsync(response, ": hello\n\n", cancellation).ConfigureAwait(false);
        while (!cancellation.IsCancellationRequested)
        {
            Task change;
            lock (_gate)
            {
                change = _changed.Task;
            }

            bool isChange = await Task.WhenAny(change, Task.Delay(SignOfLife, cancellation)).ConfigureAwait(false) == change;
            await TellAsync(response, isChange ? string.Create(CultureInfo.InvariantCulture, $"event: change\ndata: {_version}\n\n") : ": here\n\n", cancellation).ConfigureAwait(false);
        }
    }

    private static async Task TellAsync(HttpListenerResponse response, string text, CancellationToken cancellation)
    {
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);
        await response.OutputStream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
