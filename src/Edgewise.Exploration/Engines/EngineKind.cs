namespace Edgewise.Exploration.Engines;

/// <summary>The engines. All of them give the same results.</summary>
public enum EngineKind
{
    /// <summary>Runs each timeline from its start, one after the other.</summary>
    Replay,

    /// <summary>The same in several processes at once.</summary>
    Workers,

    /// <summary>Continues live processes at the anchors (Linux).</summary>
    Fork,
}
