using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Tools;

/// <summary>The worker's side of the tools: runs inputs, and tells what each did.</summary>
internal static unsafe class ToolWorker
{
    /// <summary>Does what was ordered, until the parent wants no more.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(WorkerOrder order, WorkerSide side, Action<FuzzMessage> send, ImageCache cache)
    {
        try
        {
            using var memory = CampaignMemory.Open(order.MemoryPath!);
            var target = LoadedTarget.Load(order.Settings, cache);
            var executor = new Executor(memory, target.Counting, null, target.IsExpected);
            send(target.Message(memory.Header->Sizes.InputRoom, isRestart: false));
            if (order.Task == WorkerTask.Merge)
            {
                Merge(order, memory, executor, send);
            }
            else
            {
                Executor? framed = null;
                while (side.Sleep())
                {
                    send(Probe(memory, executor, () => framed ??= target.Framed is { } image ? new Executor(memory, image, null, target.IsExpected) : executor));
                }
            }

            return 0;
        }
        catch (Exception failure) when (failure is HostingException or CorpusException or SupervisionException)
        {
            send(new EndMessage(null, failure.Message));
            return 1;
        }
    }

    private static RanMessage Probe(CampaignMemory memory, Executor executor, Func<Executor> framed)
    {
        int length = memory.Header->InputLength;
        long start = Stopwatch.GetTimestamp();
        RunEnd end = executor.Run(length);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        executor.Counting.Refresh();
        Finding? finding = end >= RunEnd.Crashed ? FindingAgain(memory, framed()) ?? FindingOf.Exception(end, executor.Thrown!, []) : null;
        byte[] classes = executor.Counting.Counters.ToArray();
        HitCountClasses.Classify(classes);
        ulong map = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(classes));
        return new RanMessage(finding, end == RunEnd.Rejected, map, classes.Length - classes.AsSpan().Count((byte)0), elapsed.TotalMicroseconds);
    }

    // With all frames, as a campaign tells it.
    private static Finding? FindingAgain(CampaignMemory memory, Executor framed) =>
        new FindingCheck(framed, memory, FindingSignature.Of).Run(new ReadOnlySpan<byte>(memory.Input, memory.Header->InputLength)) is { } again
            ? FindingOf.Exception(again.End, again.Thrown, []) : null;

    private static void Merge(WorkerOrder order, CampaignMemory memory, Executor executor, Action<FuzzMessage> send)
    {
        var inputs = new MergeExecutor(memory, executor);
        var step = new MergeStep(inputs, order.MergeMode, memory.Header->Sizes.InputRoom);
        var control = MergeControlFile.Read(order.ControlPath!);
        MergeProgress last = default;
        step.Run(control, progress =>
        {
            last = progress;
            if (inputs.Finding is { } finding)
            {
                send(new FindingMessage(finding with { Execution = progress.Index }, IsSecond: false));
            }

            if (long.IsPow2(progress.Executed))
            {
                send(new MergedMessage("pulse", progress.Executed, progress.Points, progress.Features));
            }
        });
        foreach (SkippedInput skipped in step.Skipped)
        {
            send(new NoticeMessage(skipped.ToString()));
        }

        send(new MergedMessage("DONE", last.Executed, last.Points, last.Features));
        send(new EndMessage(null, null));
    }
}
