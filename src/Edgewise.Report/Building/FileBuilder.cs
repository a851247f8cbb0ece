using Edgewise.Report.Model;
using Edgewise.Symbols;

namespace Edgewise.Report.Building;

/// <summary>Collects what modules say of one source file.</summary>
/// <param name="path">Path as the debug information has it; empty for functions without it.</param>
/// <param name="name">What the report calls it.</param>
internal sealed class FileBuilder(string path, string name)
{
    private readonly List<LineSample> _samples = [];
    private readonly List<ReportFunction> _functions = [];
    private int _points, _coveredPoints;

    /// <summary>What a PDB knows of the file.</summary>
    public SourceDocument? Document { get; set; }

    /// <summary>True once a binary that the user named has the path.</summary>
    public bool IsPathTrusted { get; set; }

    /// <summary>When the newest binary with the file was written.</summary>
    public DateTime? BuiltAt { get; set; }

    /// <summary>Adds a function.</summary>
    public void Add(ReportFunction function) => _functions.Add(function);

    /// <summary>Counts points.</summary>
    public void Count(int points, int coveredPoints)
    {
        _points += points;
        _coveredPoints += coveredPoints;
    }

    /// <summary>Adds what is known of a line; line 0 stands for none.</summary>
    public void Add(in LineSample sample)
    {
        if (sample.Line > 0)
        {
            _samples.Add(sample);
        }
    }

    /// <summary>The file.</summary>
    public ReportFile ToFile() => new(
        path,
        name,
        [.. _functions.OrderBy(static function => function.Line).ThenBy(static function => function.Name, StringComparer.Ordinal)],
        LineStates.Of(_samples),
        _points,
        _coveredPoints)
    {
        Document = Document,
        IsPathTrusted = IsPathTrusted,
        BuiltAt = BuiltAt,
    };
}
