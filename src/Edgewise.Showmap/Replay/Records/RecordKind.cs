namespace Edgewise.Showmap.Replay.Records;

/// <summary>What a record tells.</summary>
internal enum RecordKind : byte
{
    /// <summary>A module.</summary>
    Module = 1,

    /// <summary>The PC of a point.</summary>
    Point = 2,

    /// <summary>What an entry hit.</summary>
    Entry = 3,

    /// <summary>Which content an entry of the plan has.</summary>
    Index = 4,

    /// <summary>Which corpus the file is about.</summary>
    Session = 5,
}
