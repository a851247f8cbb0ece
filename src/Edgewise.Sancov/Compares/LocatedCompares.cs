using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;
using Edgewise.Symbols;

namespace Edgewise.Sancov.Compares;

/// <summary>The compares of one process with their places in the source.</summary>
/// <param name="Path">Path of the <c>compares.PID.txt</c>.</param>
/// <param name="Compares">The compares, sorted by file, line and PC; those whose line is not known by module and PC, behind.</param>
/// <param name="Warnings">Why lines are missing, one sentence each that begins with a file's name.</param>
public sealed partial record LocatedCompares(string Path, IReadOnlyList<LocatedCompare> Compares, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads <c>compares.PID.txt</c> files.</summary>
    /// <param name="paths">The files, and modules that are not where the record of the run says.</param>
    /// <exception cref="SancovException">A file cannot be read, has another kind of name, or is of another build than a module that is named; or there is no such file.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    /// <exception cref="SymbolsException">A module is damaged.</exception>
    public static IReadOnlyList<LocatedCompares> Read(IReadOnlyList<string> paths)
    {
        List<(string Path, Match Name)> files = [];
        List<string> modules = [];
        foreach (string path in paths.DistinctBy(FileContent.Identity))
        {
            Match name = NamePattern().Match(System.IO.Path.GetFileName(path));
            if (name.Success)
            {
                files.Add((path, name));
            }
            else
            {
                modules.Add(FileContent.Read(path).AsSpan().StartsWith("MZ"u8) ? path : throw new SancovException($"{path}: expected compares.PID.txt or a .NET module"));
            }
        }

        IReadOnlyList<ModuleInput> given = CoverageInputs.Read(modules).Modules;
        return files.Count > 0
            ? [.. files.Select(file => Locate(file.Path, file.Name, given))]
            : throw new SancovException($"{paths[0]}: a module alone has no compares; expected a file with a name like compares.4711.txt, too");
    }

    private static LocatedCompares Locate(string path, Match name, IReadOnlyList<ModuleInput> given)
    {
        RecordedCompares recorded = RecordedCompares.Read(path);
        string folder = System.IO.Path.GetDirectoryName(path) ?? "";
        RunRecord? run = int.TryParse(name.Groups["pid"].ValueSpan, out int processId) ? SancovNaming.RecordOf(folder, processId) : null;

        // A record of another run may stand there under the same number: it counts only if it names this very file.
        using CompareLocator locator = new(folder, run?.Files.Contains(System.IO.Path.GetFileName(path)) == true ? run : null, given);
        List<LocatedCompare> located = [.. recorded.Compares.Select(locator.Locate)];
        located.Sort(Compare);
        return new LocatedCompares(path, located, locator.Warnings);
    }

    private static int Compare(LocatedCompare a, LocatedCompare b)
    {
        int order = (a.Location is null).CompareTo(b.Location is null);
        order = order != 0 ? order : string.CompareOrdinal(a.Location?.File, b.Location?.File);
        order = order != 0 ? order : (a.Location?.Line ?? 0).CompareTo(b.Location?.Line ?? 0);
        order = order != 0 ? order : string.CompareOrdinal(a.Compare.Module, b.Compare.Module);
        return order != 0 ? order : a.Compare.Pc.CompareTo(b.Compare.Pc);
    }

    [GeneratedRegex(@"^compares\.(?<pid>[0-9]+)\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
