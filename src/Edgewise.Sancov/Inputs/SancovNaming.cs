using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>Tells which module a <c>.sancov</c> file belongs to: from the record of its run beside it, else from its name <c>MODULE.PID.sancov</c>.</summary>
internal static partial class SancovNaming
{
    /// <summary>Names the module of a file.</summary>
    /// <param name="path">Path of the <c>.sancov</c> file.</param>
    /// <param name="pcs">Its PCs.</param>
    /// <exception cref="SancovException">The file has another kind of name.</exception>
    /// <exception cref="CoverageFormatException">The record of the run is damaged.</exception>
    public static SancovInput Identify(string path, ulong[] pcs)
    {
        string fileName = Path.GetFileName(path);
        Match match = NamePattern().Match(fileName);
        if (!match.Success || !int.TryParse(match.Groups["pid"].ValueSpan, out int processId))
        {
            throw new SancovException($"{path}: expected a name like Markdig.dll.4711.sancov: the module's file name, then the number of the process");
        }

        string folder = Path.GetDirectoryName(path) ?? "";
        RunRecord? run = RecordOf(folder, processId);
        // A record of another run may stand there under the same number: it counts only if it names this very file.
        return run?.Modules.FirstOrDefault(module => module.SancovFile == fileName) is { } module
            ? new SancovInput(path, module.Name, module.OriginalHash, Path.Combine(folder, Path.GetFileName(module.PointsFile)), pcs) { RunModules = run.Modules }
            : new SancovInput(path, match.Groups["module"].Value, null, null, pcs);
    }

    /// <summary>The module that the name of a <c>.sancov</c> file names; null for another kind of name.</summary>
    public static string? ModuleOf(string path) => NamePattern().Match(Path.GetFileName(path)) is { Success: true } match ? match.Groups["module"].Value : null;

    /// <summary>The record of a process's run, or null where there is none.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static RunRecord? RecordOf(string folder, int processId)
    {
        string record = Path.Combine(folder, FileNames.Run(processId));
        try
        {
            return File.Exists(record) ? RunFile.Read(record) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SancovException($"{record}: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"^(?<module>.+)\.(?<pid>[0-9]+)\.sancov$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
