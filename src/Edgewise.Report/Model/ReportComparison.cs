namespace Edgewise.Report.Model;

/// <summary>What a report has that an earlier one had not, and the other way round: by lines and functions that both know.</summary>
public sealed class ReportComparison
{
    private readonly Dictionary<string, ReportFile> _before;

    /// <summary>Compares with an earlier report.</summary>
    public ReportComparison(CoverageReport before)
    {
        ArgumentNullException.ThrowIfNull(before);
        _before = before.Files.GroupBy(static file => file.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
    }

    /// <summary>What changed in a file.</summary>
    public FileChange Of(ReportFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!_before.TryGetValue(file.Name, out ReportFile? before))
        {
            return FileChange.None;
        }

        Dictionary<int, LineState> lines = before.Lines.ToDictionary(static line => line.Number, static line => line.State);
        Dictionary<(string, int), bool> functions = [];
        foreach (ReportFunction function in before.Functions)
        {
            functions[(function.Name, function.Line)] = function.IsCovered || functions.GetValueOrDefault((function.Name, function.Line));
        }

        return new FileChange(
            file.Lines.Where(line => lines.TryGetValue(line.Number, out LineState was) && Changed(was, line.State)).ToDictionary(static line => line.Number, line => lines[line.Number]),
            [.. file.Functions.Where(function => functions.TryGetValue((function.Name, function.Line), out bool was) && was != function.IsCovered)]);
    }

    private static bool Changed(LineState was, LineState state) =>
        was != state && IsCounted(was) && IsCounted(state);

    private static bool IsCounted(LineState state) => state is LineState.Covered or LineState.Partly or LineState.Uncovered;
}
