using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Sancov.Distill;

/// <summary>Reads the runs behind files <c>MODULE.PID.sancov</c>, <c>.bitset-sancov</c> and <c>.counters-sancov</c>.</summary>
/// <remarks>Files of one folder with one number of a process are one run. All must be of one kind: a bit, a counter and a PC cannot be compared.</remarks>
public static partial class RunReader
{
    private const string Sancov = "sancov", Bitset = "bitset-sancov", Counters = "counters-sancov";
    private const int ClassBits = 8;

    /// <summary>Reads runs, in the order in which their first files are given. A file named twice counts once.</summary>
    /// <exception cref="SancovException">A file cannot be read, has another kind of name or is of another kind than the first, or bitsets of a module differ in length.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public static IReadOnlyList<CoverageRun> Read(IEnumerable<string> paths)
    {
        List<(string Folder, string Process, List<string> Files, HashSet<(string, ulong)> Elements)> runs = [];
        Dictionary<string, (int Length, string Path)> lengths = [];
        (string Kind, string Path)? first = null;
        foreach (string path in paths.DistinctBy(FileContent.Identity))
        {
            Match name = NamePattern().Match(Path.GetFileName(path));
            if (!name.Success)
            {
                throw new SancovException($"{path}: expected a name like a.out.4711.sancov, a.out.4711.bitset-sancov or a.out.4711.counters-sancov");
            }

            string module = name.Groups["module"].Value, kind = name.Groups["kind"].Value, folder = Path.GetDirectoryName(FileContent.Identity(path)) ?? "";
            first ??= (kind, path);
            if (first.Value.Kind != kind)
            {
                throw new SancovException($"{path}: a .{kind} file, and {first.Value.Path} is a .{first.Value.Kind} file; files of one kind expected");
            }

            (ulong[] elements, int length) = ReadFile(path, kind);
            if (lengths.TryGetValue(module, out (int Length, string Path) known) && known.Length != length)
            {
                throw new SancovException($"{path}: has {length} points, and {known.Path} has {known.Length}: they are of different builds of {module}");
            }

            lengths.TryAdd(module, (length, path));
            int index = runs.FindIndex(run => run.Folder == folder && run.Process == name.Groups["pid"].Value);
            if (index < 0)
            {
                index = runs.Count;
                runs.Add((folder, name.Groups["pid"].Value, [], []));
            }

            runs[index].Files.Add(path);
            runs[index].Elements.UnionWith(elements.Select(element => (module, element)));
        }

        return [.. runs.Select(static run => new CoverageRun(run.Files, run.Elements))];
    }

    private static (ulong[] Elements, int Length) ReadFile(string path, string kind)
    {
        switch (kind)
        {
            case Sancov:
                return ([.. SancovFile.Decode(FileContent.Read(path), path).Where(static pc => pc != 0)], 0);
            case Bitset:
                bool[] bits = LegacyBitset.Read(path).Bits;
                return ([.. Enumerable.Range(0, bits.Length).Where(point => bits[point]).Select(static point => (ulong)point)], bits.Length);
            default:
                byte[] classes = LegacyCounters.Read(path).Classes;
                return ([.. Enumerable.Range(0, classes.Length).Where(point => classes[point] != 0).Select(point => ((ulong)point << ClassBits) | classes[point])], classes.Length);
        }
    }

    [GeneratedRegex($"^(?<module>.+)\\.(?<pid>[0-9]+)\\.(?<kind>{Sancov}|{Bitset}|{Counters})$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
