namespace Edgewise.Report.Model;

/// <summary>What changed in a file between two runs.</summary>
/// <param name="LinesBefore">What lines were whose state changed, by number.</param>
/// <param name="Functions">Functions that ran in one of the runs only, as they are now.</param>
public sealed record FileChange(IReadOnlyDictionary<int, LineState> LinesBefore, IReadOnlyList<ReportFunction> Functions)
{
    /// <summary>No change.</summary>
    public static FileChange None { get; } = new(new Dictionary<int, LineState>(), []);

    /// <summary>Lines that ran less before.</summary>
    public int GainedLines(ReportFile file) => Count(file, gained: true);

    /// <summary>Lines that ran more before.</summary>
    public int LostLines(ReportFile file) => Count(file, gained: false);

    // Uncovered, partly, covered: states ascend.
    private int Count(ReportFile file, bool gained) =>
        file.Lines.Count(line => LinesBefore.TryGetValue(line.Number, out LineState was) && line.State > was == gained);
}
