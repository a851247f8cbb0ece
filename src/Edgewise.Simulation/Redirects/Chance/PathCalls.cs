namespace Edgewise.Simulation.Redirects.Chance;

/// <summary><c>Path.GetRandomFileName</c>: in a world of its counted source.</summary>
[StandsInFor(typeof(Path))]
public static class PathCalls
{
    /// <inheritdoc cref="Path.GetRandomFileName()"/>
    public static string GetRandomFileName()
    {
        if (World.Current is null)
        {
            return Path.GetRandomFileName();
        }

        char[] name = WorldRandom.Instance.GetItems("abcdefghijklmnopqrstuvwxyz012345".AsSpan(), 12);
        name[8] = '.';
        return new string(name);
    }
}
