using Edgewise.Corpus;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Tools;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Running;

/// <summary>The main function of a worker process.</summary>
public static class WorkerMain
{
    /// <summary>Runs the campaign that the environment orders.</summary>
    /// <returns>The exit code; null where nothing was ordered.</returns>
    public static int? RunIfOrdered()
    {
        if (WorkerOrder.FromText(Environment.GetEnvironmentVariable(WorkerOrder.Variable)) is not { } order)
        {
            return null;
        }

        // What the target starts is no worker.
        Environment.SetEnvironmentVariable(WorkerOrder.Variable, null);
        return Run(order);
    }

    private static int Run(WorkerOrder order)
    {
        var side = WorkerSide.Take(order.ParentId);
        using var channel = FuzzChannel.Open(order.ChannelPath);
        void Send(FuzzMessage message)
        {
            channel.Send(message);
            side.WakeParent();
        }

        Campaign? campaign = null;
        using CacheFolder folder = CacheFolder.Open(note => Send(new NoticeMessage(note)));
        if (order.Task != WorkerTask.Campaign)
        {
            return ToolWorker.Run(order, side, Send, new ImageCache(folder));
        }

        var listener = new Thread(() =>
        {
            // Woken to end: by then the campaign may not have begun, which is then ended by its parent.
            side.Sleep();
            Volatile.Read(ref campaign)?.Stop();
        })
        { IsBackground = true, Name = "waits for the parent" };
        listener.Start();
        try
        {
            new FuzzWorker(order.Settings, Send).Run(order.MemoryPath, order.Known, new ImageCache(folder), begun => Volatile.Write(ref campaign, begun));
            return 0;
        }
        catch (Exception failure) when (failure is HostingException or CorpusException or SupervisionException)
        {
            Send(new EndMessage(null, failure.Message));
            return 1;
        }
    }
}
