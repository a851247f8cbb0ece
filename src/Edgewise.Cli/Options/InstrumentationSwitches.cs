using System.CommandLine;
using Edgewise.Hosting;
using Edgewise.Hosting.Callbacks;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>The options that say what is inserted where; the same for every command that instruments, with defaults of its own.</summary>
internal sealed class InstrumentationSwitches
{
    private readonly InstrumentationOptions _defaults;
    private readonly Option<Reading<InstrumentationLevel?>> _level;
    private readonly Option<Reading<CoverageFeatures>> _features;
    private readonly Option<Reading<Pruning>> _prune;
    private readonly Option<Reading<bool>> _entry;
    private readonly Option<bool> _keepInlined = new("--keep-inlined")
    {
        Description = "Mark small methods so that the JIT goes on inlining them: faster, but .NET leaves marked methods out of stack traces.",
    };
    private readonly Option<bool> _noPrune = new("--no-prune") { Description = "The same as --prune none." };
    private readonly Option<string[]> _allow = new("--allowlist") { Description = "Instrument only what this list in clang's format has (src:, fun:).", HelpName = "FILE" };
    private readonly Option<string[]> _ignore = new("--ignorelist") { Description = "Instrument nothing that this list has.", HelpName = "FILE" };
    private readonly Option<string?> _callbacks = new("--callbacks") { Description = "Call the static methods of this class instead of the Runtime's.", HelpName = "ASSEMBLY!Namespace.Type" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="defaults">What holds where an option is not given.</param>
    public InstrumentationSwitches(Command command, InstrumentationOptions defaults)
    {
        _defaults = defaults;
        _level = Named("--level", "func|bb|edge", "Points at function entries, blocks, or edges. [default: edge]", LevelNames.Parse);
        _features = Named(
            "--features",
            "NAMES",
            $"What a point does, separated by commas: {FeatureNames.List}. [default: {FeatureNames.Text(defaults.Features)}]",
            FeatureNames.Parse);
        _prune = Named(
            "--prune", "exact|llvm|none", "Leave out points that others tell of: exactly, by LLVM's rule, or none. [default: exact]", ParsePruning);
        _entry = Named("--entry", "keep|prune", "Keep the point of each entry block, or prune it as any other. [default: keep]", ParseEntry);
        foreach (Option option in (Option[])[_level, _features, _prune, _noPrune, _entry, _keepInlined, _allow, _ignore, _callbacks])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options, with the files that they name.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="folders">Folders of the inputs, where a callback class is looked for.</param>
    /// <param name="report">Receives notes and every error.</param>
    /// <returns>The options; to be used only if there was no error.</returns>
    public InstrumentationOptions Read(ParseResult result, IEnumerable<string> folders, CommandReport report)
    {
        CoverageFeatures features = result.GetValue(_features)?.Tell(report) ?? _defaults.Features;
        // As in clang: the depth of the stack needs no points.
        InstrumentationLevel defaultLevel = features == CoverageFeatures.StackDepth ? InstrumentationLevel.Func : _defaults.Level;
        InstrumentationLevel? level = result.GetValue(_level) is { } chosenLevel ? chosenLevel.Tell(report) : defaultLevel;
        Pruning? pruning = result.GetValue(_prune)?.Tell(report);
        if (result.GetValue(_noPrune) && pruning is not (null or Pruning.None))
        {
            report.Error("--no-prune and --prune contradict each other; give one of them");
        }

        CoverageFeatures inserted = level is null ? CoverageFeatures.None : features;
        CallbackClass? callbackClass = result.GetValue(_callbacks) is { } callbacks ? ReadCallbacks(callbacks, inserted, folders, report) : null;
        NoteWhatNobodyHears(inserted, callbackClass, report);
        return _defaults with
        {
            Level = level ?? _defaults.Level,
            Features = inserted,
            Pruning = result.GetValue(_noPrune) ? Pruning.None : pruning ?? _defaults.Pruning,
            KeepInlined = result.GetValue(_keepInlined) || _defaults.KeepInlined,
            PruneEntry = result.GetValue(_entry)?.Tell(report) ?? _defaults.PruneEntry,
            Selection = ReadSelection(result.GetValue(_allow) ?? [], result.GetValue(_ignore) ?? [], report),
            Callbacks = callbackClass,
        };
    }

    private static Option<Reading<T>> Named<T>(string name, string help, string description, Func<string, Reading<T>> parse) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => parse(result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value),
    };

    // The Runtime does nothing with addresses, so nothing is inserted unless a class of the user's takes them.
    private static void NoteWhatNobodyHears(CoverageFeatures features, CallbackClass? callbacks, CommandReport report)
    {
        foreach ((CoverageFeatures feature, string methods) in
            ((CoverageFeatures, string)[])[(CoverageFeatures.TraceLoads, "Load1 to Load16"), (CoverageFeatures.TraceStores, "Store1 to Store16")])
        {
            if (features.HasFlag(feature) && ((callbacks?.Methods ?? CallbackMethods.None) & FeatureCallbacks.Of(feature)) == 0)
            {
                report.Note($"--features: {FeatureNames.Text(feature)} inserts nothing, for no class that --callbacks names has any of {methods}");
            }
        }
    }

    private static CodeSelection ReadSelection(string[] allow, string[] ignore, CommandReport report)
    {
        try
        {
            CodeSelection selection = CodeSelection.Load(allow, ignore);
            foreach (string warning in selection.Warnings)
            {
                report.Note(warning);
            }

            return selection;
        }
        catch (InstrumentationException e)
        {
            report.Error($"{e.Message} ({e.Id})");
            return CodeSelection.Everything;
        }
    }

    private static CallbackClass? ReadCallbacks(string text, CoverageFeatures features, IEnumerable<string> folders, CommandReport report)
    {
        try
        {
            CallbackClass callbacks = CallbackClassFile.Read(text, folders);
            if ((callbacks.Methods & FeatureCallbacks.Of(features)) == 0)
            {
                report.Error($"--callbacks: {text} declares {callbacks.Methods}, of which --features {FeatureNames.Text(features)} calls none");
            }

            return callbacks;
        }
        catch (HostingException e)
        {
            report.Error(e.Message);
            return null;
        }
    }

    private static Reading<Pruning> ParsePruning(string text) => text switch
    {
        "exact" => new(Pruning.Exact),
        "llvm" => new(Pruning.Llvm),
        "none" => new(Pruning.None),
        _ => new(default, [], [$"--prune: '{text}' is not known; known are exact, llvm, none"]),
    };

    private static Reading<bool> ParseEntry(string text) => text switch
    {
        "keep" => new(false),
        "prune" => new(true),
        _ => new(default, [], [$"--entry: '{text}' is not known; known are keep, prune"]),
    };
}
