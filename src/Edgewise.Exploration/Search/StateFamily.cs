namespace Edgewise.Exploration.Search;

/// <summary>The states of one property, or of edges.</summary>
internal sealed class StateFamily
{
    private readonly List<SearchState> _states = [];
    private readonly LubyPasses _newest = new();

    /// <summary>Adds a state that was found.</summary>
    public void Add(SearchState state) => _states.Add(state);

    /// <summary>The newest state that is not barren; where all are, one of them, the newest most often.</summary>
    public SearchState Choose(int barrenAfter)
    {
        for (int i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].Barren < barrenAfter && !_states[i].Exemplar.IsWaiting)
            {
                return _states[i];
            }
        }

        return _states[^(1 + (_newest.Next() % _states.Count))];
    }
}
