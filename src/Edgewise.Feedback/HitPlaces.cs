namespace Edgewise.Feedback;

/// <summary>The places of what is not zero, ascending: of counters that were hit, or of words with bits in them. For <c>foreach</c>.</summary>
/// <typeparam name="T">A number.</typeparam>
/// <param name="map">What to look through; may change behind the place that was reached.</param>
public ref struct HitPlaces<T>(ReadOnlySpan<T> map)
    where T : struct, IEquatable<T>
{
    private readonly ReadOnlySpan<T> _map = map;
    private int _next;

    /// <summary>The place at hand.</summary>
    public int Current { get; private set; }

    /// <summary>From the first place.</summary>
    public readonly HitPlaces<T> GetEnumerator() => new(_map);

    /// <summary>Goes to the next place.</summary>
    /// <returns>False where there is none.</returns>
    public bool MoveNext()
    {
        int more = _map[_next..].IndexOfAnyExcept(default(T));
        Current = _next + more;
        _next = Current + 1;
        return more >= 0;
    }
}
