using System.Diagnostics;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting.Images;

namespace Edgewise.Bench.Fuzzing;

/// <summary>A campaign in this process that is timed while it goes on, with the defaults of <c>edgewise fuzz</c>.</summary>
internal sealed unsafe class SteppedCampaign : ICampaignListener, IDisposable
{
    private const int FirstEntries = 1024;
    private const long FirstHeap = 1 << 20;

    private readonly CampaignMemory _memory;
    private readonly Campaign _campaign;

    /// <summary>Loads a target and begins.</summary>
    /// <param name="settings">The target and how to search.</param>
    /// <param name="seeds">First inputs.</param>
    /// <param name="cache">Keeps instrumented images.</param>
    public SteppedCampaign(FuzzSettings settings, IEnumerable<byte[]> seeds, ImageCache cache)
    {
        LoadedTarget target = LoadedTarget.Load(settings, cache);
        int maxLength = target.MaxLength is > 0 and { } own ? own : CampaignOptions.UsualLength;
        _memory = CampaignMemory.Create(new CampaignSizes(target.Counting.PointCount, LoadedTarget.ExtraFeatures(settings.Campaign, []), maxLength, FirstEntries, FirstHeap), settings.Campaign.Seed);
        var executor = new Executor(_memory, target.Counting, target.Comparing, target.IsExpected);
        _campaign = new Campaign(_memory, settings.Campaign with { MaxLength = maxLength }, executor, target.Custom, [], this);
        foreach (byte[] seed in seeds)
        {
            _campaign.AddSeed(seed);
        }

        _campaign.Begin();
    }

    /// <summary>How far it is.</summary>
    public CampaignStatus Status => StatusReader.Read(_memory);

    /// <summary>Goes on until so many more executions are done.</summary>
    /// <returns>Executions per second.</returns>
    public double Run(long executions)
    {
        long begin = _memory.Header->Executions, end = begin + executions;
        long start = Stopwatch.GetTimestamp();
        while (_memory.Header->Executions < end)
        {
            _campaign.Step();
        }

        return (_memory.Header->Executions - begin) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Added(int entry)
    {
    }

    /// <inheritdoc/>
    public void Reduced(int entry, ReadOnlySpan<byte> before)
    {
    }

    /// <inheritdoc/>
    public bool Crashed(RunEnd end, Exception thrown, ReadOnlySpan<byte> input) =>
        throw new InvalidDataException($"expected a target without findings, but it threw {thrown}");

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
