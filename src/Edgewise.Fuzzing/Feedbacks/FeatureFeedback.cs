using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Observers;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Fuzzing.Feedbacks;

/// <summary>Tells whether an execution taught anything: features that are new, and those that are rare.</summary>
/// <remarks>
/// One pass over the counters answers for nearly all executions: nothing in them is new or rare. What is rare, that is not yet counted as abundant, needs the
/// second look, which gets rarer as a campaign goes on.
/// </remarks>
internal sealed unsafe class FeatureFeedback
{
    private readonly CampaignMemory _memory;
    private readonly IExtraObserver[] _observers;
    private readonly List<uint> _found = [];

    public FeatureFeedback(CampaignMemory memory, IEnumerable<IExtraObserver> observers)
    {
        _memory = memory;
        _observers = [.. observers];
    }

    /// <summary>The features of the execution that was looked at last which are new or rare.</summary>
    public IReadOnlyList<uint> Found => _found;

    /// <summary>Forgets what observers saw; before an execution.</summary>
    public void Reset()
    {
        foreach (IExtraObserver observer in _observers)
        {
            observer.Reset();
        }
    }

    /// <summary>Whether the counters hold anything new or rare; if so <see cref="Found"/> has it.</summary>
    public bool Look(ReadOnlySpan<byte> counters)
    {
        int count = Math.Min(counters.Length, _memory.Header->Sizes.Points);
        bool hasAny = History.HasNovelty(counters[..count], new ReadOnlySpan<byte>(_memory.Abundant, count));
        return (hasAny | _observers.Length != 0) && Collect(counters[..count]);
    }

    /// <summary>How many of the features found are new.</summary>
    public int CountNew()
    {
        int count = 0;
        foreach (uint feature in _found)
        {
            count += RareFeatures.IsSeen(_memory, feature) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Remembers those that are new.</summary>
    /// <returns>Them, ascending.</returns>
    public uint[] Absorb()
    {
        uint[] added = [.. _found.Where(feature => !RareFeatures.IsSeen(_memory, feature)).Order()];
        foreach (uint feature in added)
        {
            RareFeatures.Add(_memory, feature);
        }

        return added;
    }

    /// <summary>Counts the rare ones, also for the entry that the input was made of.</summary>
    public void Count(EntropicSchedule schedule, int baseEntry)
    {
        foreach (uint feature in _found)
        {
            if (!RareFeatures.IsAbundant(_memory, feature) && RareFeatures.IsSeen(_memory, feature))
            {
                RareFeatures.Count(_memory, feature);
                if (baseEntry >= 0)
                {
                    schedule.Note(baseEntry, feature);
                }
            }
        }
    }

    /// <summary>Whether an execution has all of some features of points.</summary>
    public bool HasAll(ReadOnlySpan<uint> features, ReadOnlySpan<byte> counters)
    {
        int extra = _memory.Header->Sizes.ExtraFeatures;
        foreach (uint feature in features)
        {
            int point = (int)((feature - (uint)extra) / CampaignSizes.ClassesPerPoint);
            if (feature < (uint)extra || point >= counters.Length || counters[point] == 0 || RareFeatures.OfPoint(extra, point, counters[point]) != feature)
            {
                return false;
            }
        }

        return !features.IsEmpty;
    }

    private bool Collect(ReadOnlySpan<byte> counters)
    {
        _found.Clear();
        int extra = _memory.Header->Sizes.ExtraFeatures;
        foreach (int point in new HitPlaces<byte>(counters))
        {
            byte classes = HitCountClasses.Of(counters[point]);
            if ((classes & ~_memory.Abundant[point]) != 0)
            {
                _found.Add(RareFeatures.OfPoint(extra, point, counters[point]));
            }
        }

        uint first = 0;
        foreach (IExtraObserver observer in _observers)
        {
            observer.Collect(new ReadOnlySpan<byte>(_memory.ExtraSeen + first, observer.Size), first, _found);
            first += (uint)observer.Size;
        }

        return _found.Count != 0;
    }
}
