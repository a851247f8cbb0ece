namespace Edgewise.Instrumentation.Selection;

/// <summary>A pattern of a list, in whichever dialect the list is written.</summary>
internal interface IPattern
{
    /// <summary>True if the whole of <paramref name="text"/> matches.</summary>
    bool Matches(string text);
}
