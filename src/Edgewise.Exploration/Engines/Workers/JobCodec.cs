using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Exploration.Recipes;
using Edgewise.Supervision.Memory;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>A job as bytes: a head of fixed size, the steps of the recipe, the marks. There is no limit to their number.</summary>
internal static class JobCodec
{
    /// <summary>Bytes of a job's head.</summary>
    public static int HeadSize => Unsafe.SizeOf<Head>();

    /// <summary>Bytes of a job in all.</summary>
    public static int SizeOf(in Job job) =>
        HeadSize + MemoryMarshal.AsBytes(job.Timeline.Recipe.Steps).Length + MemoryMarshal.AsBytes(job.Marks.Span).Length;

    /// <summary>Bytes of a job in all, by its head.</summary>
    public static int SizeOf(ReadOnlySpan<byte> head)
    {
        Head read = MemoryMarshal.Read<Head>(head);
        return HeadSize + (read.Steps * Unsafe.SizeOf<Reseed>()) + (read.Marks * Unsafe.SizeOf<EdgeMark>());
    }

    /// <summary>Writes a job.</summary>
    public static void Write(long number, in Job job, Span<byte> destination)
    {
        ReadOnlySpan<byte> steps = MemoryMarshal.AsBytes(job.Timeline.Recipe.Steps);
        var head = new Head(number, job.Timeline.RootSeed, job.Timeline.Recipe.Length, job.Marks.Length, job.IsTraced ? 1 : 0);
        MemoryMarshal.Write(destination, head);
        steps.CopyTo(destination[HeadSize..]);
        MemoryMarshal.AsBytes(job.Marks.Span).CopyTo(destination[(HeadSize + steps.Length)..]);
    }

    /// <summary>Reads a job that stands in bytes as a whole.</summary>
    public static (long Number, Job Job) Read(ReadOnlySpan<byte> source)
    {
        Head head = MemoryMarshal.Read<Head>(source);
        int stepBytes = head.Steps * Unsafe.SizeOf<Reseed>();
        ReadOnlySpan<Reseed> steps = MemoryMarshal.Cast<byte, Reseed>(source.Slice(HeadSize, stepBytes));
        EdgeMark[] marks = head.Marks == 0 ? [] : MemoryMarshal.Cast<byte, EdgeMark>(source[(HeadSize + stepBytes)..])[..head.Marks].ToArray();
        return (head.Number, new Job(new Timeline(head.RootSeed, Recipe.Of(steps)), marks, head.IsTraced != 0));
    }

    /// <summary>The next job of a ring, left in it.</summary>
    /// <returns>False where none waits there as a whole.</returns>
    public static bool TryPeek(ByteRing jobs, out long number, out Job job)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        number = 0;
        job = default;
        if (!jobs.TryPeek(0, head))
        {
            return false;
        }

        int size = SizeOf(head);
        byte[] bytes = size <= jobs.Available ? new byte[size] : [];
        if (bytes.Length == 0 || !jobs.TryPeek(0, bytes))
        {
            return false;
        }

        (number, job) = Read(bytes);
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Head(long Number, ulong RootSeed, int Steps, int Marks, int IsTraced, int Unused = 0);
}
