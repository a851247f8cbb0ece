namespace Edgewise.Runtime.Sessions;

/// <content>Runs that are repeated until the buffer holds them.</content>
public sealed unsafe partial class TraceSession
{
    /// <summary>Runs an action on this thread, again and again with a doubled buffer, until nothing is lost: in unique modes, nothing unique.</summary>
    /// <param name="action">What to run; it should do the same each time.</param>
    /// <param name="modes">What to record.</param>
    /// <param name="words">Words of the first buffer.</param>
    /// <param name="options">What the session has beyond the kernel's.</param>
    /// <returns>What the last run recorded. It lost something only where a buffer of <see cref="MostWords"/> did.</returns>
    /// <exception cref="TraceSessionException">Invalid: the modes or the words. Busy: the thread has a session.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for a buffer that would do.</exception>
    public static TraceSnapshot RunGrowing(Action action, TraceModes modes = TraceModes.UniqPc, int words = 8 << 10, TraceSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        while (true)
        {
            using TraceSession session = Create(words, options);
            session.Enable(modes);
            try
            {
                action();
            }
            finally
            {
                session.Disable();
            }

            TraceSnapshot found = session.Collect();
            if (found.Lost == 0 || words == MostWords)
            {
                return found;
            }

            words = (int)Math.Min(MostWords, words * 2L);
        }
    }

    /// <summary>The flow whose share of a thread this session records; null: it is a user's.</summary>
    internal RemoteTrace? Section { get; set; }
}
