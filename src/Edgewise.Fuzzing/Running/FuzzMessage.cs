using System.Text.Json.Serialization;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Running;

/// <summary>What a worker tells its parent.</summary>
[JsonDerivedType(typeof(MemoryMessage), "memory")]
[JsonDerivedType(typeof(LoadedMessage), "loaded")]
[JsonDerivedType(typeof(SeedsMessage), "seeds")]
[JsonDerivedType(typeof(NewsMessage), "news")]
[JsonDerivedType(typeof(CoverageMessage), "coverage")]
[JsonDerivedType(typeof(FindingMessage), "finding")]
[JsonDerivedType(typeof(NoticeMessage), "notice")]
[JsonDerivedType(typeof(EndMessage), "end")]
[JsonDerivedType(typeof(RanMessage), "ran")]
[JsonDerivedType(typeof(MergedMessage), "merged")]
public abstract record FuzzMessage;

/// <summary>The campaign's memory stands in this file from now on.</summary>
/// <param name="Path">The file.</param>
public sealed record MemoryMessage(string Path) : FuzzMessage;

/// <summary>The target is loaded.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Signature">Its method.</param>
/// <param name="Modules">Instrumented modules.</param>
/// <param name="Points">Their points.</param>
/// <param name="MaxLength">The longest input.</param>
/// <param name="IsRestart">True for a process that goes on with another's campaign.</param>
public sealed record LoadedMessage(string Target, string Signature, IReadOnlyList<string> Modules, int Points, int MaxLength, bool IsRestart) : FuzzMessage
{
    /// <summary>How a test calls it; null for one that is no .NET method.</summary>
    public TestCall? Call { get; init; }
}

/// <summary>The seeds were found.</summary>
/// <param name="Files">Their number.</param>
/// <param name="Shortest">Bytes of the shortest.</param>
/// <param name="Longest">Bytes of the longest.</param>
/// <param name="Total">Bytes of all.</param>
public sealed record SeedsMessage(int Files, long Shortest, long Longest, long Total) : FuzzMessage;

/// <summary>Something changed: the seeds are in, an entry came, one got shorter.</summary>
/// <param name="Event">libFuzzer's word: <c>INITED</c>, <c>NEW</c>, <c>REDUCE</c>, <c>DONE</c>.</param>
/// <param name="Status">How far the campaign is.</param>
/// <param name="Length">Bytes of the input.</param>
/// <param name="Mutations">What made it.</param>
public sealed record NewsMessage(string Event, CampaignStatus Status, int Length, IReadOnlyList<string> Mutations) : FuzzMessage;

/// <summary>Places that were covered for the first time; comes before the news of the input that did.</summary>
/// <param name="Functions">The first of them in methods that were not covered before.</param>
/// <param name="FunctionCount">How many such methods there are: more than are named, perhaps.</param>
/// <param name="Points">The first of the points.</param>
/// <param name="PointCount">How many there are.</param>
public sealed record CoverageMessage(IReadOnlyList<CoveredPlace> Functions, int FunctionCount, IReadOnlyList<CoveredPlace> Points, int PointCount) : FuzzMessage;

/// <summary>A finding that was not known before.</summary>
/// <param name="Finding">It.</param>
/// <param name="IsSecond">True where it was told before, and is now minimised.</param>
public sealed record FindingMessage(Finding Finding, bool IsSecond) : FuzzMessage;

/// <summary>Something that a user should know.</summary>
/// <param name="Text">A sentence.</param>
public sealed record NoticeMessage(string Text) : FuzzMessage;

/// <summary>The worker has nothing more to do.</summary>
/// <param name="Status">How far the campaign came.</param>
/// <param name="Error">Why it could not be; null where all went well.</param>
public sealed record EndMessage(CampaignStatus? Status, string? Error) : FuzzMessage;

/// <summary>An input was run.</summary>
/// <param name="Finding">What it showed, without the input; null where the target returned, or rejected it.</param>
/// <param name="IsRejected">True where the target rejected it.</param>
/// <param name="Map">A number for the points that it hit and how often, by class.</param>
/// <param name="Points">How many points that were.</param>
/// <param name="Microseconds">Time that it took.</param>
public sealed record RanMessage(Finding? Finding, bool IsRejected, ulong Map, int Points, double Microseconds) : FuzzMessage;

/// <summary>How far a merge is.</summary>
/// <param name="Event">libFuzzer's word: <c>pulse</c> or <c>DONE</c>.</param>
/// <param name="Executed">Inputs that this process ran.</param>
/// <param name="Points">Points that they hit.</param>
/// <param name="Features">Features that they have.</param>
public sealed record MergedMessage(string Event, long Executed, int Points, int Features) : FuzzMessage;
