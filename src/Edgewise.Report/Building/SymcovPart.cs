using Edgewise.Report.Model;
using Edgewise.Sancov;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Report.Building;

/// <summary>Adds a <c>.symcov</c> to a report: each of its rows is a point of a line. Which of a point's functions is the innermost it does not tell.</summary>
internal sealed class SymcovPart(ReportBuilder report, SymbolizedCoverage symcov)
{
    public void Add()
    {
        report.Add(new ReportModule(symcov.Name, symcov.BinaryHash.ToLowerInvariant(), symcov.Summary));
        foreach (FunctionCoverage function in symcov.Functions())
        {
            FileOf(function.Location?.File).Add(new ReportFunction(
                function.Name, function.Location?.Line ?? 0, function.PointCount, function.CoveredPointCount, null, symcov.Name));
        }

        HashSet<(string, string)> counted = [];
        foreach (SymcovPoint point in symcov.Points)
        {
            if (counted.Add((point.File, point.Id)))
            {
                FileOf(point.File).Count(1, symcov.CoveredPoints.Contains(point.Id) ? 1 : 0);
            }

            LineState state = symcov.CoveredPoints.Contains(point.Id) ? LineState.Covered : LineState.Uncovered;
            FileOf(point.File).Add(new LineSample(point.Line, report.NumberOf((point.File, point.Function)), 0, state, SampleWeight.Point, null));
        }
    }

    private FileBuilder FileOf(string? path) => string.IsNullOrEmpty(path) ? report.FileWithoutSource(symcov.Name) : report.FileOf(path);
}
