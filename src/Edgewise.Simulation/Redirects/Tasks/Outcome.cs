namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>How a task ended, for another one to end the same way.</summary>
internal static class Outcome
{
    /// <summary>Ends a task as another one did.</summary>
    public static void Copy(Task from, TaskCompletionSource to)
    {
        if (from.IsCompletedSuccessfully)
        {
            to.TrySetResult();
        }
        else if (from.Exception is { } exception)
        {
            to.TrySetException(exception.InnerExceptions);
        }
        else
        {
            to.TrySetCanceled(TokenOf(from));
        }
    }

    /// <summary>Ends a task as another one did.</summary>
    public static void Copy<TResult>(Task<TResult> from, TaskCompletionSource<TResult> to)
    {
        if (from.IsCompletedSuccessfully)
        {
            to.TrySetResult(from.Result);
        }
        else if (from.Exception is { } exception)
        {
            to.TrySetException(exception.InnerExceptions);
        }
        else
        {
            to.TrySetCanceled(TokenOf(from));
        }
    }

    private static CancellationToken TokenOf(Task canceled)
    {
        try
        {
            canceled.GetAwaiter().GetResult();
            return CancellationToken.None;
        }
        catch (OperationCanceledException exception)
        {
            return exception.CancellationToken;
        }
    }
}
