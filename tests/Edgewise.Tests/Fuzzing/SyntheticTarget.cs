using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Fuzzing.Mutation;

namespace Edgewise.Tests.Fuzzing;

/// <summary>A target that is written with its probes: a method counts where it says, so that no instrumentation is needed.</summary>
internal sealed unsafe class SyntheticTarget
{
    private readonly byte[] _counters;
    private readonly Action<SyntheticTarget, ReadOnlySpan<byte>> _body;

    public SyntheticTarget(int points, Action<SyntheticTarget, ReadOnlySpan<byte>> body)
    {
        _counters = GC.AllocateArray<byte>(points, pinned: true);
        _body = body;
        Image = new TargetImage(input => _body(this, input), () => _counters);
    }

    public TargetImage Image { get; }

    /// <summary>Counts a point, and tells whether a condition holds.</summary>
    public bool Count(int point, bool condition = true)
    {
        _counters[point] += condition ? (byte)1 : (byte)0;
        return condition;
    }

    /// <summary>Compares as instrumented code does, and counts a point where the sides are equal.</summary>
    public bool Equal(int site, int point, uint constant, uint value)
    {
        CompareLog.TraceConstCmp4(constant, value, site);
        return Count(point, constant == value);
    }
}

/// <summary>A campaign over a <see cref="SyntheticTarget"/>, with what it told.</summary>
internal sealed unsafe class SyntheticCampaign : ICampaignListener, IDisposable
{
    public SyntheticCampaign(SyntheticTarget target, CampaignOptions options, int points, CampaignMemory? memory = null)
    {
        Memory = memory ?? CampaignMemory.Create(new CampaignSizes(points, options.UsesCompares ? CalledPairs.Features : 0, 256, 4, 64), options.Seed);
        var executor = new Executor(Memory, target.Image, options.UsesCompares ? target.Image : null, thrown => thrown is FormatException);
        Campaign = new Campaign(Memory, options, executor, new CustomMutations(), [], this);
    }

    public CampaignMemory Memory { get; }

    public Campaign Campaign { get; }

    public List<byte[]> Crashes { get; } = [];

    public List<RunEnd> Ends { get; } = [];

    public int News { get; private set; }

    public int Reductions { get; private set; }

    public void Added(int entry) => News++;

    public void Reduced(int entry, ReadOnlySpan<byte> before) => Reductions++;

    public bool Crashed(RunEnd end, Exception thrown, ReadOnlySpan<byte> input)
    {
        Crashes.Add(input.ToArray());
        Ends.Add(end);
        return true;
    }

    public List<byte[]> Entries() => [.. Enumerable.Range(0, Memory.Header->EntryCount).Select(entry => Memory.DataOf(entry).ToArray())];

    public void Dispose() => Memory.Dispose();
}
