namespace Edgewise.Exploration.Journals;

/// <summary>What a run journals.</summary>
public enum DiscoveryKind
{
    /// <summary>A condition that should hold sometimes held.</summary>
    FirstTrue,

    /// <summary>A place that should be reached was reached.</summary>
    FirstReach,

    /// <summary>A number came nearer to what it should become; the value orders.</summary>
    Watermark,

    /// <summary>More conditions of a set held at once than before; the value is their number.</summary>
    FrontierAdvance,

    /// <summary>An identity key was seen.</summary>
    NewKey,

    /// <summary>An identity key was seen in better quality; the value orders.</summary>
    BetterQuality,

    /// <summary>A combination of truths of a set was seen.</summary>
    TruthCombination,

    /// <summary>An edge was taken.</summary>
    NewEdge,

    /// <summary>An edge was taken as often as never before.</summary>
    NewHitCountClass,

    /// <summary>A draw, in a run that is traced draw by draw; the value is the bound that was asked for, 0 for 64 bits.</summary>
    Draw,
}
