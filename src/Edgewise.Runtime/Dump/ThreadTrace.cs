namespace Edgewise.Runtime.Dump;

/// <summary>The points that a thread went through.</summary>
/// <param name="Thread">Which of the traced threads, from 1 on, in the order of their first event.</param>
/// <param name="Points">Process-wide numbers of points, in order.</param>
/// <param name="LostCount">How many more events there were than were kept.</param>
public sealed record ThreadTrace(int Thread, uint[] Points, long LostCount);
