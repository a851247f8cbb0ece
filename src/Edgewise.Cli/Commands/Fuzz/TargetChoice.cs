using Edgewise.Hosting;
using Edgewise.Hosting.Targets;
using Edgewise.Native;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>What <c>fuzz</c>, <c>tmin</c>, <c>cmin</c> and <c>merge</c> have in common: which assemblies count.</summary>
internal static class TargetChoice
{
    /// <summary>Globs of the assemblies that count.</summary>
    /// <param name="target">The target's assembly, or a shared object built by clang.</param>
    /// <param name="globs">What the user chose; null for the usual choice.</param>
    /// <exception cref="HostingException">The target is not there, or what stands beside it cannot be read.</exception>
    public static string Assemblies(string target, string? globs)
    {
        if (!File.Exists(target))
        {
            throw new HostingException($"{target}: not found; expected a target's assembly");
        }

        if (NativeTarget.IsNamedBy(target))
        {
            return Path.GetFileName(target);
        }

        return globs ?? FuzzTargetAssembly.AssembliesByDefault(target);
    }
}
