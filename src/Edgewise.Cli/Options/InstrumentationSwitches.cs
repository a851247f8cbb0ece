using System.CommandLine;
using System.CommandLine.Parsing;
using Edgewise.Hosting;
using Edgewise.Hosting.Callbacks;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>The options that say what is inserted where; the same for every command that instruments, with defaults of its own.</summary>
internal sealed class InstrumentationSwitches
{
    private const CoverageFeatures Callable = CoverageFeatures.TracePc | CoverageFeatures.TracePcGuard;

    private readonly InstrumentationOptions _defaults;
    private readonly Option<LevelChoice> _level;
    private readonly Option<FeatureChoice> _features;
    private readonly Option<Pruning> _prune;
    private readonly Option<bool> _noPrune = new("--no-prune") { Description = "The same as --prune none." };
    private readonly Option<bool> _entry;
    private readonly Option<string[]> _allow = new("--allowlist") { Description = "Instrument only what this list in clang's format has (src:, fun:).", HelpName = "FILE" };
    private readonly Option<string[]> _ignore = new("--ignorelist") { Description = "Instrument nothing that this list has.", HelpName = "FILE" };
    private readonly Option<string?> _callbacks = new("--callbacks") { Description = "Call the static methods of this class instead of the Runtime's.", HelpName = "ASSEMBLY!Namespace.Type" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="defaults">What holds where an option is not given.</param>
    public InstrumentationSwitches(Command command, InstrumentationOptions defaults)
    {
        _defaults = defaults;
        _level = new("--level")
        {
            Description = "Points at function entries, blocks, or edges. [default: edge]",
            HelpName = "func|bb|edge",
            CustomParser = result => LevelChoice.Parse(Token(result), result.AddError),
        };
        _features = new("--features")
        {
            Description = $"What a point does, separated by commas: {FeatureNames.List}. [default: {FeatureNames.Text(defaults.Features)}]",
            HelpName = "NAMES",
            CustomParser = result => FeatureNames.Parse(Token(result), result.AddError),
        };
        _prune = new("--prune")
        {
            Description = "Leave out points that others tell of: exactly, by LLVM's rule, or none. [default: exact]",
            HelpName = "exact|llvm|none",
            CustomParser = result => ParsePruning(Token(result), result.AddError),
        };
        _entry = new("--entry")
        {
            Description = "Keep the point of each entry block, or prune it as any other. [default: keep]",
            HelpName = "keep|prune",
            CustomParser = result => ParseEntry(Token(result), result.AddError),
        };
        foreach (Option option in (Option[])[_level, _features, _prune, _noPrune, _entry, _allow, _ignore, _callbacks])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_prune) is { Implicit: false } && result.GetValue(_noPrune) && result.GetValue(_prune) != Pruning.None)
            {
                result.AddError("--no-prune contradicts --prune");
            }
        });
    }

    /// <summary>Reads the options, with the files that they name.</summary>
    /// <param name="result">The parsed command line, which has no errors.</param>
    /// <param name="folders">Folders of the inputs, where a callback class is looked for.</param>
    /// <param name="report">Receives notes and every error.</param>
    /// <returns>The options; to be used only if there was no error.</returns>
    public InstrumentationOptions Read(ParseResult result, IEnumerable<string> folders, CommandReport report)
    {
        LevelChoice? level = result.GetValue(_level);
        FeatureChoice? features = result.GetValue(_features);
        foreach (string note in (string?[])[level?.Note, .. features?.Notes ?? []])
        {
            if (note is not null)
            {
                report.Note(note);
            }
        }

        CoverageFeatures chosen = level is { Level: null } ? CoverageFeatures.None : features?.Features ?? _defaults.Features;
        return _defaults with
        {
            Level = level?.Level ?? _defaults.Level,
            Features = chosen,
            Pruning = result.GetValue(_noPrune) ? Pruning.None : result.GetResult(_prune) is null ? _defaults.Pruning : result.GetValue(_prune),
            PruneEntry = result.GetResult(_entry) is null ? _defaults.PruneEntry : result.GetValue(_entry),
            Selection = ReadSelection(result, report),
            Callbacks = ReadCallbacks(result.GetValue(_callbacks), chosen, folders, report),
        };
    }

    private CodeSelection ReadSelection(ParseResult result, CommandReport report)
    {
        try
        {
            CodeSelection selection = CodeSelection.Load(result.GetValue(_allow) ?? [], result.GetValue(_ignore) ?? []);
            foreach (string warning in selection.Warnings)
            {
                report.Note(warning);
            }

            return selection;
        }
        catch (InstrumentationException e)
        {
            report.Error(e.Message);
            return CodeSelection.Everything;
        }
    }

    private static CallbackClass? ReadCallbacks(string? text, CoverageFeatures features, IEnumerable<string> folders, CommandReport report)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            CallbackClass callbacks = CallbackClassFile.Read(text, folders);
            if (features.HasFlag(CoverageFeatures.TracePc) && !callbacks.Methods.HasFlag(CallbackMethods.TracePc))
            {
                report.Error($"--callbacks: {text} has no 'public static void TracePc(int)', which trace-pc calls");
            }

            if (features.HasFlag(CoverageFeatures.TracePcGuard)
                && (callbacks.Methods & (CallbackMethods.TracePcGuard | CallbackMethods.TracePcGuardWithoutPoint)) == 0)
            {
                report.Error($"--callbacks: {text} has no 'public static void TracePcGuard(uint*, int)' or '…(uint*)', which trace-pc-guard calls");
            }

            return callbacks;
        }
        catch (HostingException e)
        {
            report.Error(e.Message);
            return null;
        }
    }

    /// <summary>True where instrumented code calls into the Runtime itself, which must then stand beside it.</summary>
    public static bool CallsRuntime(InstrumentationOptions options) => options.Callbacks is null && (options.Features & Callable) != 0;

    private static Pruning ParsePruning(string text, Action<string> errors)
    {
        switch (text)
        {
            case "exact":
                return Pruning.Exact;
            case "llvm":
                return Pruning.Llvm;
            case "none":
                return Pruning.None;
            default:
                errors($"--prune: '{text}' is not known; known are exact, llvm, none");
                return default;
        }
    }

    private static bool ParseEntry(string text, Action<string> errors)
    {
        if (text is not ("keep" or "prune"))
        {
            errors($"--entry: '{text}' is not known; known are keep, prune");
        }

        return text == "prune";
    }

    private static string Token(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
}
