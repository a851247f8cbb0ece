namespace Edgewise.Report.Html;

/// <summary>What a page tells besides the coverage.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Notes">What a user should know, one sentence each.</param>
/// <param name="IsLive">True where the page is served, and tells of changes.</param>
/// <param name="ComparedWith">What it is compared with, in words; null for nothing.</param>
public sealed record SiteOptions(string Title, IReadOnlyList<string> Notes, bool IsLive, string? ComparedWith);
