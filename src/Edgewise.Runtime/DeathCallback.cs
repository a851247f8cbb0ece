namespace Edgewise.Runtime;

/// <summary>What the program wants to do before it dies of an error.</summary>
internal static class DeathCallback
{
    private static readonly object Lock = new();
    private static Action? _callback;
    private static bool _isSubscribed;
    private static int _hasRun;

    /// <summary>Replaces the callback; null for none.</summary>
    public static void Set(Action? callback)
    {
        lock (Lock)
        {
            Volatile.Write(ref _callback, callback);
            if (!_isSubscribed && callback is not null)
            {
                // Whether or not coverage is written; where it is, its own handler comes first and calls us before it writes.
                AppDomain.CurrentDomain.UnhandledException += static (_, _) => Run();
                _isSubscribed = true;
            }
        }
    }

    /// <summary>Calls it, once in the life of the process.</summary>
    public static void Run()
    {
        if (Volatile.Read(ref _callback) is not { } callback || Interlocked.Exchange(ref _hasRun, 1) != 0)
        {
            return;
        }

        try
        {
            callback();
        }
        catch (Exception failure)
        {
            // The process is dying of another exception, which is the one to be seen.
            Notice.Write($"death callback: {failure.GetType().FullName}: {failure.Message}");
        }
    }
}
