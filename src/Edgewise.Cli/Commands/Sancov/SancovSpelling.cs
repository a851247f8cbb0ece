namespace Edgewise.Cli.Commands.Sancov;

/// <summary>Takes command lines for LLVM's <c>sancov</c>, of its version 14 and later, as ours, so that scripts go on working.</summary>
internal static class SancovSpelling
{
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["print"] = "print",
        ["print-coverage-pcs"] = "print-coverage-pcs",
        ["print-coverage-stats"] = "stats",
        ["covered-functions"] = "covered-functions",
        ["not-covered-functions"] = "not-covered-functions",
        ["symbolize"] = "symbolize",
        ["merge"] = "symbolize",
        ["html-report"] = SancovReports.PagesName,
    };

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["blacklist"] = "--ignorelist",
        ["ignorelist"] = "--ignorelist",
        ["strip_path_prefix"] = "--strip-path-prefix",
        ["o"] = "--output",
    };

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["demangle"] = "--demangle",
        ["skip-dead-files"] = "--skip-dead-files",
        ["use_default_blacklist"] = "--use-default-ignorelist",
        ["use_default_ignorelist"] = "--use-default-ignorelist",
    };

    /// <summary>The same command line in our words; one that has none of LLVM's actions stays as it is.</summary>
    /// <param name="args">All arguments, of which the first is <c>sancov</c>.</param>
    /// <param name="error">What is wrong, or null.</param>
    public static string[] Translate(string[] args, out string? error)
    {
        error = null;
        string[] actions = [.. args.Where(static arg => arg.StartsWith('-')).Select(NameOf).Where(Actions.ContainsKey)];
        if (args is not [SancovCommand.Name, ..] || actions.Length == 0)
        {
            return args;
        }

        if (actions.Length > 1)
        {
            error = $"only one action is allowed, not '-{actions[0]}' and '-{actions[1]}' together";
            return args;
        }

        string action = Actions[actions[0]];
        // What LLVM's tool leaves out unless told otherwise; its print knows no options.
        bool takesOptions = action is not ("print" or "print-coverage-pcs");
        List<string> options = takesOptions ? ["--skip-dead-files=true"] : [];
        List<string> files = [];
        for (int i = 1; i < args.Length; i++)
        {
            string name = NameOf(args[i]);
            int equals = args[i].IndexOf('=');
            string? value = equals < 0 ? null : args[i][(equals + 1)..];
            if (!args[i].StartsWith('-') || args[i] == "-")
            {
                files.Add(args[i]);
            }
            else if (Values.TryGetValue(name, out string? option))
            {
                value ??= i + 1 < args.Length ? args[++i] : "";
                if (takesOptions && value.Length > 0)
                {
                    options.Add($"{option}={value}");
                }
            }
            else if (SwitchOf(name, value) is { } found)
            {
                options.RemoveAll(known => known.StartsWith(found.Option, StringComparison.Ordinal));
                options.AddRange(takesOptions ? [$"{found.Option}={(found.IsOn ? "true" : "false")}"] : []);
            }
            else if (!Actions.ContainsKey(name))
            {
                options.Add(args[i]);
            }
        }

        return [SancovCommand.Name, action, .. options, .. files];
    }

    private static (string Option, bool IsOn)? SwitchOf(string name, string? value)
    {
        bool isNegated = name.StartsWith("no-", StringComparison.Ordinal);
        return Switches.TryGetValue(isNegated ? name[3..] : name, out string? option)
            ? (option, value is null or "1" or "true" or "TRUE" or "True" ? !isNegated : isNegated)
            : null;
    }

    // One dash or two, and what stands before '='.
    private static string NameOf(string arg)
    {
        string name = arg.TrimStart('-');
        int equals = name.IndexOf('=');
        return equals < 0 ? name : name[..equals];
    }
}
