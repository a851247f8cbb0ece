using System.Runtime.CompilerServices;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Randomness;

/// <summary>
/// The one source of chance of a timeline. It counts what is drawn, and at the counts that a recipe names it goes on from another seed: the run before
/// a reseed is exactly the run that was, the run after it is a new one.
/// </summary>
/// <remarks>
/// The algorithm is SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): draw <c>n</c> of a segment (from 1) is <see cref="SeedMixing.Mix(ulong)"/> of
/// <c>seed + n * 0x9E3779B97F4A7C15</c>. It has the id <see cref="Algorithm"/> and never changes: a recipe holds for ever, on every platform. All other
/// kinds of draws are made from whole 64-bit draws by the rules that their methods state.
/// </remarks>
public sealed class RandomSource
{
    /// <summary>Id of the algorithm, as reports and history files carry it.</summary>
    public const string Algorithm = "splitmix64";

    internal const ulong Increment = 0x9E3779B97F4A7C15UL;

    // Written by whoever draws, on the one thread of the timeline. _pauseAt is the next count at which a draw takes the slow path.
    private ulong _state;
    private long _count;
    private long _pauseAt;

    private Recipe _recipe = Recipe.Empty;
    private int _segment;
    private long _total;
    private long _watchFrom = long.MaxValue;
    private IDrawObserver? _observer;

    /// <summary>Starts a source at the root seed of a timeline, to be reseeded where its recipe says.</summary>
    public RandomSource(Timeline timeline) => Restart(timeline);

    /// <summary>Starts a source that is never reseeded.</summary>
    public RandomSource(ulong seed) : this(new Timeline(seed, Recipe.Empty))
    {
    }

    /// <summary>Number of draws in the segment, that is since the last reseed.</summary>
    public long Count => _count;

    /// <summary>Number of draws since the start of the timeline.</summary>
    public long TotalCount => _total + _count;

    /// <summary>Number of reseeds so far; those of the recipe that are left were not reached.</summary>
    public int Segment => _segment;

    /// <summary>Begins another timeline; observers go.</summary>
    public void Restart(Timeline timeline)
    {
        _recipe = timeline.Recipe;
        _segment = 0;
        _total = 0;
        _count = 0;
        _state = timeline.RootSeed;
        _observer = null;
        _watchFrom = long.MaxValue;
        SetPause(_count);
    }

    /// <summary>Tells an observer of each draw from now on, right before it is made; null ends that.</summary>
    public void Observe(IDrawObserver? observer) => Observe(observer, TotalCount);

    /// <summary>Tells an observer of each draw behind the first <paramref name="fromTotal"/> of the timeline, right before it is made; draws before are as fast as without.</summary>
    public void Observe(IDrawObserver? observer, long fromTotal)
    {
        _observer = observer;
        _watchFrom = observer is null ? long.MaxValue : fromTotal;
        SetPause(_count);
    }

    /// <summary>Goes on from another seed after the draws so far: as if the recipe had named this place.</summary>
    /// <remarks>What the recipe named behind this place is dropped.</remarks>
    public void Reseed(ulong seed)
    {
        _recipe = Recipe.Empty;
        Begin(seed);
        SetPause(_count);
    }

    /// <summary>64 random bits; one draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        if (_count == _pauseAt)
        {
            Pause(0);
        }

        _count++;
        return SeedMixing.Mix(_state += Increment);
    }

    /// <summary>A number from 0 (included) to 1 (excluded), the upper 53 bits of one draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, the high half of the 128-bit product of one draw and the bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        if (_count == _pauseAt)
        {
            Pause(bound);
        }

        _count++;
        return (int)Math.BigMul(SeedMixing.Mix(_state += Increment), (ulong)bound, out _);
    }

    /// <summary>A number from <paramref name="from"/> (included) to <paramref name="to"/> (excluded), by the rule of <see cref="Below"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public long Between(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        return from + (long)Math.BigMul(Next(), (ulong)(to - from), out _);
    }

    /// <summary>True with the given probability: <see cref="NextDouble"/> below it. One draw, also for 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Chance(double probability) => NextDouble() < probability;

    // The slow path of a draw: reseeds that the recipe names here (several, if it names count 0), and observers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Pause(int bound)
    {
        while (_segment < _recipe.Length && _recipe[_segment].Count == _count)
        {
            Begin(_recipe[_segment].Seed);
        }

        if (TotalCount >= _watchFrom)
        {
            _observer!.BeforeDraw(this, bound);
        }

        // The draw that follows is no reason to pause any more; the one after it may be.
        SetPause(_count + 1);
    }

    private void Begin(ulong seed)
    {
        _total += _count;
        _count = 0;
        _state = seed;
        _segment++;
    }

    private void SetPause(long from)
    {
        long reseed = _segment < _recipe.Length ? _recipe[_segment].Count : long.MaxValue;
        long watched = _watchFrom == long.MaxValue ? long.MaxValue : Math.Max(_watchFrom - _total, from);
        _pauseAt = Math.Min(reseed, watched);
    }
}
