using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Supervision;
using Edgewise.Supervision.Memory;
using Edgewise.Supervision.Workers;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>The main function of a worker process.</summary>
internal static unsafe class WorkerMain
{
    /// <summary>Replays what the environment orders.</summary>
    /// <returns>The exit code; null where nothing was ordered.</returns>
    public static int? RunIfOrdered()
    {
        if (Environment.GetEnvironmentVariable(ReplayOrder.Variable) is not { Length: > 0 } path)
        {
            return null;
        }

        // What the target starts is no worker.
        Environment.SetEnvironmentVariable(ReplayOrder.Variable, null);
        var order = ReplayOrder.Read(path);
        _ = WorkerSide.Take(order.ParentId);
        using var memory = SharedFile.Open(order.BlockPath);
        var block = (ReplayBlock*)memory.Start;
        try
        {
            using CacheFolder folder = CacheFolder.Open(_ => { });
            using var worker = new ReplayWorker(order, block, new ImageCache(folder));
            block->State = worker.Run();
            return 0;
        }
        catch (Exception failure) when (failure is HostingException or ShowmapException or SupervisionException or IOException or UnauthorizedAccessException)
        {
            block->Error = failure.Message;
            block->State = WorkerState.Failed;
            return 1;
        }
    }
}
