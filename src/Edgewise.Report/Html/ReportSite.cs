using System.Globalization;
using System.Text.RegularExpressions;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;

namespace Edgewise.Report.Html;

/// <summary>The files of an HTML report, made when they are asked for: the page, and data in pieces that it loads as they come into view.</summary>
/// <remarks>Their names are chosen here and made of numbers: nothing that a source or function is called can become a path. One thread at a time.</remarks>
public sealed partial class ReportSite
{
    private readonly CoverageReport _report;
    private readonly ReportComparison? _comparison;
    private readonly SourceFinder _finder;
    private readonly SiteOptions _options;
    private (int File, SourceScripts Scripts)? _source;

    /// <summary>Prepares a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="before">A report to compare with, or null.</param>
    /// <param name="finder">Finds sources.</param>
    /// <param name="options">What else the page tells.</param>
    public ReportSite(CoverageReport report, CoverageReport? before, SourceFinder finder, SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(report);
        _report = report;
        _comparison = before is null ? null : new ReportComparison(before);
        _finder = finder;
        _options = options;
    }

    /// <summary>Name of the page.</summary>
    public static string PageName => PageResources.PageName;

    /// <summary>Names of all files, relative, with slashes.</summary>
    public IEnumerable<string> Names()
    {
        foreach (string name in PageResources.Names)
        {
            yield return name;
        }

        yield return Data("summary");
        for (int shard = 0; shard < FunctionScripts.ShardCount(_report); shard++)
        {
            yield return Data("functions", shard);
        }

        for (int file = 0; file < _report.Files.Count; file++)
        {
            if (!_report.Files[file].HasSource)
            {
                continue;
            }

            yield return Data("file", file);
            SourceScripts source = SourceOf(file);
            if (source.ChunkCount > 0)
            {
                yield return Data("states", file);
            }

            for (int chunk = 0; chunk < source.ChunkCount; chunk++)
            {
                yield return Data("lines", file, chunk);
            }
        }
    }

    /// <summary>The content of a file; null where there is none of that name.</summary>
    public byte[]? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (PageResources.Find(name) is { } resource)
        {
            return resource;
        }

        if (DataName().Match(name) is not { Success: true } match)
        {
            return null;
        }

        string kind = match.Groups["kind"].Value;
        int[] numbers = [.. match.Groups["number"].Captures.Select(static capture => int.Parse(capture.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))];
        string key = name["data/".Length..^".js".Length];
        return (kind, numbers) switch
        {
            ("summary", []) => ScriptData.Of(key, json => SummaryScript.Write(json, _report, _comparison, _options)),
            ("functions", [var shard]) when shard < FunctionScripts.ShardCount(_report) => ScriptData.Of(key, json => FunctionScripts.Write(json, _report, _comparison, shard)),
            ("file", [var file]) when HasSource(file) => ScriptData.Of(key, SourceOf(file).WriteFile),
            ("states", [var file]) when HasSource(file) => ScriptData.Of(key, SourceOf(file).WriteStates),
            ("lines", [var file, var chunk]) when HasSource(file) && chunk < SourceOf(file).ChunkCount => ScriptData.Of(key, json => SourceOf(file).WriteChunk(json, chunk)),
            _ => null,
        };
    }

    private bool HasSource(int file) => file < _report.Files.Count && _report.Files[file].HasSource;

    // Pieces of one file are asked for together; its text is kept until another's is.
    private SourceScripts SourceOf(int file)
    {
        if (_source is not { } kept || kept.File != file)
        {
            ReportFile reported = _report.Files[file];
            _source = kept = (file, new SourceScripts(reported, _comparison?.Of(reported) ?? FileChange.None, _finder.Find(reported)));
        }

        return kept.Scripts;
    }

    private static string Data(string kind, params ReadOnlySpan<int> numbers)
    {
        string name = "data/" + kind;
        foreach (int number in numbers)
        {
            name += "-" + number.ToString(CultureInfo.InvariantCulture);
        }

        return name + ".js";
    }

    [GeneratedRegex(@"^data/(?<kind>[a-z]+)(-(?<number>[0-9]{1,9})){0,2}\.js\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DataName();
}
