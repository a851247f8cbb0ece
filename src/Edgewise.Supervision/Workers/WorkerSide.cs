using System.Diagnostics;
using Edgewise.Supervision.Platform;

namespace Edgewise.Supervision.Workers;

/// <summary>The worker's end of a <see cref="WorkerProcess"/>: it sleeps on its standard input, wakes its parent, and does not outlive it.</summary>
public sealed class WorkerSide
{
    private readonly Stream _input = Console.OpenStandardInput();
    private readonly Stream _output = Console.OpenStandardOutput();

    private WorkerSide()
    {
    }

    /// <summary>Makes this process a worker: head of its own group, and bound to the life of its parent.</summary>
    /// <param name="parentId">Number of the parent process.</param>
    public static WorkerSide Take(int parentId)
    {
        ProcessControl.LeadOwnGroup();
        var side = new WorkerSide();
        if (OperatingSystem.IsLinux())
        {
            // What the target reads must not be the bytes that wake the worker.
            StandardStreams.CloseInput();
        }

        if (!ProcessControl.DieWithParent())
        {
            WatchParent(parentId);
        }

        return side;
    }

    /// <summary>Sleeps until the parent wakes this process.</summary>
    /// <returns>False when the parent is gone, or wants no more.</returns>
    public bool Sleep()
    {
        Span<byte> bytes = stackalloc byte[64];
        try
        {
            return _input.Read(bytes) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Wakes the parent.</summary>
    public void WakeParent()
    {
        ReadOnlySpan<byte> one = [1];
        try
        {
            _output.Write(one);
            _output.Flush();
        }
        catch (IOException)
        {
            // The parent is gone; the next sleep ends this process.
        }
    }

    private static void WatchParent(int parentId)
    {
        var watch = new Thread(() =>
        {
            try
            {
                Process.GetProcessById(parentId).WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended already.
            }

            Environment.Exit(1);
        })
        {
            IsBackground = true,
            Name = "watches the parent",
        };
        watch.Start();
    }
}
