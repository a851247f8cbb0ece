namespace Edgewise.Runtime.Sessions;

/// <summary>What became of the events of one family since the last reset. All numbers are exact.</summary>
/// <param name="Events">How often something happened, recorded or not.</param>
/// <param name="Recorded">Records that stand in the area.</param>
/// <param name="Lost">Events for which a record was due and there was no room.</param>
/// <param name="LostUnique">How many different things are among the lost; in the modes that record everything, where nobody knows, zero.</param>
/// <param name="HighWater">The most records that the area held since the session was made.</param>
/// <remarks>In unique modes what comes again is neither recorded nor lost.</remarks>
public readonly record struct TraceAccount(long Events, long Recorded, long Lost, long LostUnique, long HighWater);
