namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Where the times of entries are taken from.</summary>
public enum EntryTimes
{
    /// <summary>Entries need no times.</summary>
    None,

    /// <summary>From their names.</summary>
    Name,

    /// <summary>From when their files were last written.</summary>
    Modified,
}
