using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>
/// Energy in three levels, as in the fork tree of moonpool 0.8: each mark – a property that a run discovered – splits its timeline into batches of children
/// at the discovery, and goes on while a batch brings properties or edges that are new; global energy bounds all children, energy of a mark those of one
/// mark, and what a barren mark leaves goes to a pool from which the others take.
/// </summary>
/// <remarks>
/// Depth first: a child's own discoveries split before its siblings go on. Where moonpool forks a live process, a child here is replayed from its start, so a
/// discovery is taken up when its run is over; the order of splits is the same. Unlike there, novelty counts whatever kind of discovery it is, the root
/// seed enters each child's seed, a mark has its energy once, and latches do not outlive their root seed.
/// </remarks>
public sealed class EnergyStrategy : ISearchStrategy
{
    private readonly ulong _rootSeed;
    private readonly EnergyOptions _options;
    private readonly int _least;
    private readonly Stack<Split> _splits = [];
    private readonly Dictionary<ulong, long> _energyOfMark = [];
    private bool _rootRan;

    /// <summary>Begins a search at a root seed.</summary>
    /// <param name="rootSeed">The seed.</param>
    /// <param name="options">The energy.</param>
    /// <param name="isWarm">True for all root seeds but the first.</param>
    public EnergyStrategy(ulong rootSeed, EnergyOptions options, bool isWarm)
    {
        _rootSeed = rootSeed;
        _options = options;
        _least = isWarm ? options.LeastWarm ?? options.Batch : options.Least;
        EnergyLeft = options.Global;
    }

    /// <inheritdoc/>
    public string Name => "energy";

    /// <summary>Global energy that is left.</summary>
    public long EnergyLeft { get; private set; }

    /// <summary>Energy in the pool.</summary>
    public long PoolLeft { get; private set; }

    /// <inheritdoc/>
    public SearchJob? Next()
    {
        if (!_rootRan)
        {
            _rootRan = true;
            return new SearchJob(new Timeline(_rootSeed, Recipe.Empty), [], null);
        }

        while (_splits.TryPeek(out Split? split))
        {
            if (split.InBatch < BatchOf(split) && split.Children < MostOf() && Spend(split.Mark))
            {
                ulong seed = ChildSeeds.Of(_rootSeed, split.Anchor.SegmentSeed, split.Anchor.Count, split.Mark, split.Children);
                split.Children++;
                split.InBatch++;
                split.Waiting++;
                return new SearchJob(split.Anchor.Child(seed), [], split);
            }

            if (split.Waiting > 0)
            {
                return null;
            }

            if (Continues(split))
            {
                split.InBatch = 0;
                split.HasNew = false;
                continue;
            }

            _splits.Pop();
        }

        return null;
    }

    /// <inheritdoc/>
    public void Absorb(SearchJob job, TimelineResult result, Novelties novelties)
    {
        if (job.Purpose is Split split)
        {
            split.Waiting--;
            split.HasNew |= !novelties.IsEmpty;
        }

        if (job.Timeline.Recipe.Length >= _options.Depth)
        {
            return;
        }

        // The first discovery of the run ends up on top: it splits first, as where it forks.
        foreach (Discovery discovery in novelties.Discoveries.Reverse())
        {
            if (result.IsBehindLastDraw(job.Timeline, discovery.Segment, discovery.Count))
            {
                continue;
            }

            _splits.Push(new Split
            {
                Mark = discovery.State,
                Anchor = new Exemplar { Timeline = job.Timeline, Segment = discovery.Segment, Count = discovery.Count },
            });
        }
    }

    private int MostOf() => _options.Fixed ?? _options.Most;

    private int BatchOf(Split split) => Math.Min(_options.Fixed ?? _options.Batch, MostOf() - split.Children + split.InBatch);

    private bool Continues(Split split)
    {
        bool isBarren = _options.Fixed is null && !split.HasNew && split.Children >= _least;
        if (isBarren && _energyOfMark.Remove(split.Mark, out long left))
        {
            // It is spent: a barren mark that splits again lives from the pool.
            PoolLeft += left;
            _energyOfMark[split.Mark] = 0;
        }

        return !isBarren && split.Children < MostOf() && split.InBatch >= BatchOf(split) && EnergyLeft > 0;
    }

    private bool Spend(ulong mark)
    {
        if (EnergyLeft <= 0)
        {
            return false;
        }

        if (_options.Fixed is not null)
        {
            EnergyLeft--;
            return true;
        }

        if (!_energyOfMark.TryGetValue(mark, out long left))
        {
            left = _options.PerMark;
        }

        if (left > 0)
        {
            _energyOfMark[mark] = left - 1;
        }
        else if (PoolLeft > 0)
        {
            PoolLeft--;
        }
        else
        {
            return false;
        }

        EnergyLeft--;
        return true;
    }

    /// <summary>A discovery that splits its timeline.</summary>
    private sealed class Split
    {
        public required ulong Mark { get; init; }

        public required Exemplar Anchor { get; init; }

        /// <summary>Children so far.</summary>
        public int Children { get; set; }

        /// <summary>Children of the batch that goes on.</summary>
        public int InBatch { get; set; }

        /// <summary>Children whose results did not come yet.</summary>
        public int Waiting { get; set; }

        /// <summary>Whether the batch brought anything new.</summary>
        public bool HasNew { get; set; }
    }
}
