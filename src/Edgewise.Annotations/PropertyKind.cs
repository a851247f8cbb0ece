namespace Edgewise.Annotations;

/// <summary>The properties of a simulation, as reports name and order them.</summary>
public enum PropertyKind
{
    /// <summary>Holds whenever it is asked, and is asked at least once.</summary>
    Always,

    /// <summary>Holds whenever it is asked.</summary>
    AlwaysOrUnreachable,

    /// <summary>Is never reached.</summary>
    Unreachable,

    /// <summary>A comparison that holds whenever it is asked.</summary>
    NumericAlways,

    /// <summary>Holds at least once.</summary>
    Sometimes,

    /// <summary>Is reached at least once.</summary>
    Reachable,

    /// <summary>A comparison that holds at least once.</summary>
    NumericSometimes,

    /// <summary>Conditions that hold all at once, at least once.</summary>
    SometimesAll,

    /// <summary>Identity keys, of which as many as possible are to be seen.</summary>
    SometimesEach,
}
