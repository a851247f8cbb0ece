namespace Edgewise.Instrumentation.Selection;

/// <summary>One line <c>type:pattern[=category]</c> of a list, in a section that applies to coverage.</summary>
/// <param name="Type">What stands before the colon: <c>src</c>, <c>fun</c>, or what other sanitizers use.</param>
/// <param name="Text">The pattern as written.</param>
/// <param name="Pattern">The pattern compiled.</param>
/// <param name="DropsDotSlash">True where paths lose a leading <c>./</c> before they are matched (lists from version 3 on).</param>
internal sealed record SpecialCaseEntry(string Type, string Text, IPattern Pattern, bool DropsDotSlash);
