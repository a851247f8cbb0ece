namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Calls that are made in a world.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Body">The body of <c>async Task&lt;string&gt; M(World world)</c>.</param>
/// <param name="Expected">What it returns in a world, or <c>! </c> and how it is reported.</param>
internal sealed record CallCase(string Name, string Body, string Expected)
{
    /// <summary>How calls are reported that would block, behind their names.</summary>
    public const string Blocks = ", which would block, in a simulation: await instead: the world has one thread, and nothing else runs while it blocks";

    /// <summary>The method.</summary>
    public string Method => $"public static async Task<string> Case{Name}(World world) {{ {Body} }}\n";
}
