namespace Edgewise.Instrumentation.Redirections;

/// <summary>What becomes of the uses of a redirected member.</summary>
public enum RedirectionForm
{
    /// <summary>The target is called in its place.</summary>
    Replace,

    /// <summary>The target is called before it, with its name.</summary>
    Announce,
}
