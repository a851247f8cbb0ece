using System.Runtime.CompilerServices;
using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Execution;

/// <summary>Runs the input that stands in the campaign's memory.</summary>
internal sealed unsafe class Executor
{
    private readonly CampaignMemory _memory;
    private readonly Func<Exception, bool> _isExpected;

    /// <summary>An executor.</summary>
    /// <param name="memory">The campaign's memory.</param>
    /// <param name="counting">The image that only counts.</param>
    /// <param name="comparing">The image that also tells what it compares; null where there is none.</param>
    /// <param name="isExpected">Whether an exception is an answer of the target.</param>
    public Executor(CampaignMemory memory, TargetImage counting, TargetImage? comparing, Func<Exception, bool> isExpected)
    {
        _memory = memory;
        Counting = counting;
        Comparing = comparing;
        _isExpected = isExpected;
    }

    /// <summary>The image that only counts.</summary>
    public TargetImage Counting { get; }

    /// <summary>The image that also tells what it compares.</summary>
    public TargetImage? Comparing { get; }

    /// <summary>What the last execution threw, if it did.</summary>
    public Exception? Thrown { get; private set; }

    /// <summary>Runs the counting image.</summary>
    /// <param name="length">Bytes of the input, which stands in the memory's room for it.</param>
    public RunEnd Run(int length) => Run(Counting, length);

    /// <summary>Runs the comparing image.</summary>
    /// <param name="length">Bytes of the input, which stands in the memory's room for it.</param>
    public RunEnd RunCompares(int length)
    {
        CampaignHeader* header = _memory.Header;
        header->CompareExecutions++;
        header->IsCompares = 1;
        RunEnd end = Run(Comparing!, length);
        header->IsCompares = 0;
        return end;
    }

    private RunEnd Run(TargetImage image, int length)
    {
        CampaignHeader* header = _memory.Header;
        header->InputLength = length;
        header->Executions++;
        header->ExecutedBytes += length;
        image.Counters.Clear();
        try
        {
            Volatile.Write(ref header->IsInTarget, 1);
            image.Body(new ReadOnlySpan<byte>(_memory.InputOfTarget, length));
            Volatile.Write(ref header->IsInTarget, 0);
            return RunEnd.Returned;
        }
#pragma warning disable CA1031 // What a target throws is what the campaign is for.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Volatile.Write(ref header->IsInTarget, 0);
            return Judge(thrown);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunEnd Judge(Exception thrown)
    {
        Thrown = thrown;
        if (_isExpected(thrown))
        {
            _memory.Header->Rejections++;
            return RunEnd.Rejected;
        }

        _memory.Header->Crashes++;
        return thrown is OutOfMemoryException ? RunEnd.OutOfMemory : RunEnd.Crashed;
    }
}
