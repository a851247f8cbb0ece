namespace Edgewise.Runtime.Options;

/// <summary>What <c>EDGEWISE_OPTIONS</c> asks for, in the manner of <c>ASAN_OPTIONS</c>.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "EDGEWISE_OPTIONS";

    /// <summary><c>coverage</c>: write coverage files when the process ends.</summary>
    public bool Coverage { get; init; }

    /// <summary><c>coverage_dir</c>: where to; made where it is missing, never cleared.</summary>
    public string Directory { get; init; } = "coverage";

    /// <summary><c>coverage_direct</c>: keep the counters in a file in that folder, so that no end of the process loses them.</summary>
    public bool Direct { get; init; }

    /// <summary><c>verbosity</c>: from 1 on, each file that is written is told on standard error.</summary>
    public int Verbosity { get; init; }

    /// <summary>Reads the options; what is wrong is told in one line each, and the rest is honoured.</summary>
    /// <param name="text">Value of the variable, or null.</param>
    /// <param name="complain">Takes a line without the prefix <c>edgewise: </c>.</param>
    public static RuntimeOptions Parse(string? text, Action<string> complain)
    {
        var options = new RuntimeOptions();
        foreach ((string name, string? value) in OptionText.Split(text ?? string.Empty, problem => complain($"{Variable}: {problem}")))
        {
            options = options.With(name, value, problem => complain($"{Variable}: {problem}"));
        }

        return options;
    }

    private RuntimeOptions With(string name, string? value, Action<string> complain)
    {
        switch (name)
        {
            case "coverage":
                return this with { Coverage = Boolean(name, value, Coverage, complain) };
            case "coverage_direct":
                return this with { Direct = Boolean(name, value, Direct, complain) };
            case "coverage_dir" when !string.IsNullOrEmpty(value):
                return this with { Directory = value };
            case "verbosity" when int.TryParse(value, out int verbosity):
                return this with { Verbosity = verbosity };
            case "coverage_dir":
                complain($"{name}: a folder expected");
                return this;
            case "verbosity":
                complain($"{name}: '{Printable(value)}' is not a number");
                return this;
            default:
                complain($"unknown option '{Printable(name)}'");
                return this;
        }
    }

    private static bool Boolean(string name, string? value, bool otherwise, Action<string> complain)
    {
        switch (value)
        {
            case "1" or "true" or "yes":
                return true;
            case "0" or "false" or "no":
                return false;
            default:
                complain($"{name}: '{Printable(value)}' is not one of 0, 1, true, false, yes, no");
                return otherwise;
        }
    }

    private static string Printable(string? text) =>
        string.Concat((text ?? string.Empty).Select(character => char.IsControl(character) ? '?' : character));
}
