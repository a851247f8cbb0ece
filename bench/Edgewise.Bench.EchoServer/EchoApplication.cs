using Edgewise.Bench.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Edgewise.Bench.EchoServer;

/// <summary>A web application that is sent JSON, parses it, and answers with the same document in compact form: 400 where it is none.</summary>
public static class EchoApplication
{
    /// <summary>Path of its one endpoint, which takes POST requests.</summary>
    public const string Path = "/echo";

    /// <summary>Starts it on a free port of the loopback address.</summary>
    /// <returns>The port, and what stops the server.</returns>
    public static (int Port, Action Stop) Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.MapPost(Path, Answer);
        application.StartAsync().GetAwaiter().GetResult();
        return (new Uri(application.Urls.First()).Port, () => application.DisposeAsync().AsTask().GetAwaiter().GetResult());
    }

    private static async Task Answer(HttpContext context)
    {
        byte[] document = new byte[(int)(context.Request.ContentLength ?? 0)];
        await context.Request.Body.ReadExactlyAsync(document, context.RequestAborted);
        int checksum = MiniJson.Parse(document);
        if (checksum < 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.Headers.ETag = $"\"{checksum}\"";
        context.Response.ContentType = "application/json";
        int length = CompactJson.Write(document, context.Response.BodyWriter.GetSpan(document.Length));
        context.Response.ContentLength = length;
        context.Response.BodyWriter.Advance(length);
    }
}
