using System.Numerics;
using System.Text.RegularExpressions;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Legacy;
using Edgewise.Sancov.Native;

namespace Edgewise.Report.Inputs;

/// <summary>Puts <c>MODULE.PID.counters-sancov</c> files on the points of their modules: a byte a point, the bit of a class of counts.</summary>
internal sealed partial class CounterFiles(IReadOnlyList<ModuleCoverage> managed, IReadOnlyList<NativeCoverage> native)
{
    // The least count of each class: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more.
    private static readonly int[] LeastCounts = [1, 2, 3, 4, 8, 16, 32, 128];

    /// <summary>Reads a file; null, and a failure, where it fits no module.</summary>
    public PointHits? Read(string path, ICollection<string> failures)
    {
        try
        {
            LegacyCounters counters = LegacyCounters.Read(path);
            string name = NamePattern().Match(Path.GetFileName(path)) is { Success: true } match ? match.Groups["module"].Value : "";
            if (managed.FirstOrDefault(module => FileNames.Plain(module.Name) == name) is { } module)
            {
                return ToHits(path, module.Name, Convert.ToHexStringLower(module.Points.OriginalHash), counters.Classes, [.. module.Points.Pcs.Select(static pc => (ulong)(uint)pc)], failures);
            }

            if (native.FirstOrDefault(binary => FileNames.Plain(binary.Name) == name) is not { } found)
            {
                failures.Add($"{path}: its module {name} is not among the files");
                return null;
            }

            if (found.Points.ReadTable() is { Count: > 0 } table)
            {
                return ToHits(path, found.Name, found.Points.File.BuildId ?? "", counters.Classes, [.. table], failures);
            }

            failures.Add($"{path}: {found.Name} has no table of PCs, so which counter is whose is not known; build it with pc-table, or give the map");
        }
        catch (Exception e) when (e is SancovException or CoverageFormatException or Symbols.SymbolsException)
        {
            failures.Add(e.Message);
        }

        return null;
    }

    private static PointHits? ToHits(string path, string moduleName, string identity, byte[] classes, ulong[] pcs, ICollection<string> failures)
    {
        if (classes.Length != pcs.Length)
        {
            failures.Add($"{path}: {classes.Length} counters for the {pcs.Length} points of {moduleName}: recorded on another build");
            return null;
        }

        Dictionary<ulong, HitCount> counts = new(pcs.Length);
        for (int i = 0; i < pcs.Length; i++)
        {
            int index = BitOperations.Log2(classes[i]);
            counts[pcs[i]] = classes[i] == 0 ? new HitCount(0, OrMore: false) : new HitCount(LeastCounts[index], OrMore: index > 2);
        }

        return new PointHits(moduleName, identity, counts);
    }

    [GeneratedRegex(@"^(?<module>.+)\.[0-9]+\.counters-sancov$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
