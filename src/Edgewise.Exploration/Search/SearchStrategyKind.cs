namespace Edgewise.Exploration.Search;

/// <summary>The strategies.</summary>
public enum SearchStrategyKind
{
    /// <summary>A frontier of states with exemplars.</summary>
    Frontier,

    /// <summary>Energy in three levels, spent in batches at discoveries, as in moonpool's fork tree.</summary>
    Energy,
}
