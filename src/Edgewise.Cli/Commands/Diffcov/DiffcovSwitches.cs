using System.CommandLine;
using Edgewise.Cli.Rendering.Diffcov;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Reading;

namespace Edgewise.Cli.Commands.Diffcov;

/// <summary>The options that all of <c>edgewise diffcov</c> has; they may stand in front of the subcommand, as those of differential-coverage do, or behind it.</summary>
internal sealed class DiffcovSwitches
{
    private const double MostDegrees = 360;

    private readonly Option<string[]> _include = Shared<string[]>("--include-approach", "Take only approaches whose name this regular expression finds; may be given several times, any suffices.", "PATTERN", "-i");
    private readonly Option<string[]> _exclude = Shared<string[]>("--exclude-approach", "Leave out approaches whose name this regular expression finds; may be given several times.", "PATTERN", "-x");
    private readonly Option<string?> _output = Shared<string?>("--output", "What is printed: stdout, csv or latex. [default: stdout]", "FORMAT", "-o");
    private readonly Option<string?> _values = Shared<string?>("--values", "How trials become one value: median, min, max or average. [default: median]", "REDUCER");
    private readonly Option<string?> _collection = Shared<string?>("--collection", "By which edges of an approach others are measured: the union of its trials, or their intersection. [default: union]", "REDUCER");
    private readonly Option<bool> _perInput = Shared<bool>("--per-input", "Files are TRIAL__ENTRY, as 'showmap --per-input' writes them, and those of a trial are united.", null);
    private readonly Option<string?> _degrees = Shared<string?>("--latex-rotate-headers", "Turn headers of columns; needs \\usepackage{graphicx}.", "DEGREES");
    private readonly Option<bool> _color = Shared<bool>("--latex-enable-color", "Put colours behind numbers; needs \\usepackage[table]{xcolor}.", null);
    private readonly Option<string?> _colormap = Shared<string?>("--latex-colormap", $"Colours in LaTeX and on the page: {string.Join(", ", ColorMap.Names)}, each with _r behind it the other way round. [default: viridis]", "NAME");
    private readonly Option<string?> _json = Shared<string?>("--json", "Write JSON to a file, or with '-' to standard output instead of text.", "FILE");
    private readonly Option<string?> _html = Shared<string?>("--html", "Write a page with a heat map, too.", "FILE");

    /// <summary>Adds the options to the command that has the subcommands.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_include, _exclude, _output, _values, _collection, _perInput, _degrees, _color, _colormap, _json, _html])
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="folder">The campaign's folder.</param>
    /// <param name="report">Receives every error.</param>
    public DiffcovRequest Read(ParseResult result, string folder, CommandReport report)
    {
        ErrorList errors = new(report);
        ApproachFilter filter = ApproachFilter.Parse(result.GetValue(_include) ?? [], result.GetValue(_exclude) ?? [], errors);
        (string? json, string? html) = (result.GetValue(_json), result.GetValue(_html));
        JsonOutput.Check(json, report);
        CheckFile("--html", html, report);
        double? degrees = null;
        if (result.GetValue(_degrees) is { } text)
        {
            degrees = ReadNumber("--latex-rotate-headers", text, -MostDegrees, MostDegrees, report);
        }

        string colormap = result.GetValue(_colormap) ?? ColorMap.Names[0];
        ColorMap? colors = ColorMap.Find(colormap);
        if (colors is null)
        {
            report.Error($"--latex-colormap: there is no '{colormap}'; expected {string.Join(", ", ColorMap.Names)}, with or without _r");
        }

        return new DiffcovRequest(folder, filter)
        {
            Format = OneOf("--output", result.GetValue(_output), DiffcovFormat.Stdout, report),
            Values = OneOf("--values", result.GetValue(_values), ValueReducer.Median, report),
            Collection = OneOf("--collection", result.GetValue(_collection), CollectionReducer.Union, report),
            IsPerInput = result.GetValue(_perInput),
            Colors = colors ?? ColorMap.Viridis,
            Latex = new LatexStyle(degrees, result.GetValue(_color) ? colors : null),
            JsonFile = json,
            HtmlFile = html,
        };
    }

    /// <summary>Tells early that a file could not be written; unlike JSON, it cannot go to standard output.</summary>
    public static void CheckFile(string option, string? file, CommandReport report)
    {
        if (file is "-" or "")
        {
            report.Error($"{option}: '{file}' is no name of a file");
        }
        else
        {
            JsonOutput.Check(file, report, option);
        }
    }

    /// <summary>The value of an option that has a name for each of its values, the enumeration's in lower case.</summary>
    public static T OneOf<T>(string option, string? text, T orElse, CommandReport report) where T : struct, Enum
    {
        if (text is null)
        {
            return orElse;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (text.Equals(Enum.GetName(value), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        report.Error($"{option}: '{text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return orElse;
    }

    /// <summary>A number within bounds.</summary>
    public static double ReadNumber(string option, string text, double least, double most, CommandReport report)
    {
        if (double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
        {
            return number;
        }

        report.Error(FormattableString.Invariant($"{option}: '{text}' is no number from {least} to {most}"));
        return least;
    }

    private static Option<T> Shared<T>(string name, string description, string? helpName, params string[] aliases)
    {
        Option<T> option = new(name, aliases) { Description = description };
        if (helpName is not null)
        {
            option.HelpName = helpName;
        }

        return option;
    }
}
