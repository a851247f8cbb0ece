using Edgewise.Runtime.Options;

namespace Edgewise.Runtime.Sessions;

/// <summary>Traces all threads of a process from their first instrumented method on, where <c>EDGEWISE_OPTIONS</c> asks for that: a session each.</summary>
internal static class ProcessTrace
{
    private static readonly RuntimeOptions Options = RuntimeOptions.Parse(Environment.GetEnvironmentVariable(RuntimeOptions.Variable), static _ => { });
    private static readonly List<(int Thread, string Name, TraceSession Session)> Sessions = [];

    /// <summary>Begins to trace a thread that entered an instrumented method. Never throws into the program.</summary>
    public static void Begin(TracedThread thread)
    {
        if (Options.Session is not { } modes || thread.Session is not null)
        {
            return;
        }

        try
        {
            TraceSession session = TraceSession.Create(Options.SessionWords);
            lock (Sessions)
            {
                Sessions.Add((Sessions.Count + 1, thread.Thread.Name ?? "", session));
            }

            session.Enable(modes);
        }
        catch (Exception failure) when (failure is TraceSessionException or OutOfMemoryException)
        {
            Notice.Write($"a thread is not traced: {failure.Message}");
        }
    }

    /// <summary>Writes what all threads recorded until now, and tells on standard error what found no room.</summary>
    /// <param name="folder">Where to.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(string folder)
    {
        (int Thread, string Name, TraceSession Session)[] sessions;
        lock (Sessions)
        {
            sessions = [.. Sessions];
        }

        if (sessions.Length == 0)
        {
            return;
        }

        List<(int, string, TraceSnapshot)> traces = [.. sessions.Select(static traced => (traced.Thread, traced.Name, traced.Session.Collect()))];
        SessionFile.Write(folder, Environment.ProcessId, traces);
        foreach ((int thread, _, TraceSnapshot trace) in traces.Where(static trace => trace.Item3.Lost > 0))
        {
            Notice.Write($"trace of thread {thread}: {trace.Lost} records found no room in {trace.Words} words; --words, or trace_words of {RuntimeOptions.Variable}, gives more");
        }
    }
}
