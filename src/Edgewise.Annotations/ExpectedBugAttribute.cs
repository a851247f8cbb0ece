namespace Edgewise.Annotations;

/// <summary>A simulation plants a bug on purpose: its search passes if the bug is found, and fails if it is not or if another one is.</summary>
/// <param name="text">A part of the bug's signature or message.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExpectedBugAttribute(string text) : Attribute
{
    /// <summary>A part of the bug's signature or message.</summary>
    public string Text { get; } = text;
}
