using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Workloads;

/// <summary>Writes down which calls the JIT inlined and which it refused to, from the runtime's own events, for comparison of two builds of a program.</summary>
public sealed class InliningListener : EventListener
{
    private const EventKeywords JitTracing = (EventKeywords)0x1000;
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const string Succeeded = "MethodJitInliningSucceeded";
    private const string Failed = "MethodJitInliningFailed";

    private static readonly ConcurrentDictionary<string, bool> Seen = new();

    /// <summary>A line a call site, <c>+ compiled method | callee</c> where it was inlined, <c>- … | … | reason</c> where it was not.</summary>
    public static IEnumerable<string> Lines => Seen.Keys.Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Provider)
        {
            EnableEvents(eventSource, EventLevel.Verbose, JitTracing);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        bool succeeded = eventData.EventName?.StartsWith(Succeeded, StringComparison.Ordinal) == true;
        if (!succeeded && eventData.EventName?.StartsWith(Failed, StringComparison.Ordinal) != true)
        {
            return;
        }

        // Namespace, name and signature of the method that is compiled, of the caller in it and of the callee; a flag; the reason.
        string?[] parts = [.. eventData.Payload!.Select(part => part?.ToString())];
        string site = $"{parts[0]}::{parts[1]} {parts[2]} | {parts[6]}::{parts[7]} {parts[8]}";
        Seen.TryAdd(succeeded ? $"+ {site}" : $"- {site} | {parts[10]}", true);
    }
}
