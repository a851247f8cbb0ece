using System.Globalization;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Runtime.Options;

/// <summary>What <c>EDGEWISE_OPTIONS</c> asks for, in the manner of <c>ASAN_OPTIONS</c>.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "EDGEWISE_OPTIONS";

    /// <summary>Room for the longest name of a module and a PC.</summary>
    private const int SmallestBlock = 1024;

    private const int LargestNumber = 1 << 28;

    /// <summary><c>coverage</c>: write coverage files when the process ends.</summary>
    public bool Coverage { get; init; }

    /// <summary><c>coverage_dir</c>: where to; made where it is missing, never cleared.</summary>
    public string Directory { get; init; } = "coverage";

    /// <summary><c>coverage_direct</c>: keep the counters in a file in that folder, so that no end of the process loses them.</summary>
    public bool Direct { get; init; }

    /// <summary><c>verbosity</c>: from 1 on, each file that is written is told on standard error.</summary>
    public int Verbosity { get; init; }

    /// <summary>
    /// <c>coverage_bitset</c>, <c>coverage_counters</c>, <c>coverage_packed</c>, <c>coverage_max_block_size</c>, <c>strip_path_prefix</c>: what is
    /// written beside the <c>.sancov</c> files; <c>coverage_direct</c> adds its pair of files.
    /// </summary>
    public DumpOptions Dump { get; init; } = new();

    /// <summary><c>caller-callee</c>: write the indirect calls that were traced.</summary>
    public bool CallerCallee { get; init; } = true;

    /// <summary><c>trace-cmp</c>: write what each traced site compared last, where modules trace compares.</summary>
    public bool TraceCmp { get; init; } = true;

    /// <summary><c>trace-bb</c>: write the traces of threads, where modules call for them.</summary>
    public bool Trace { get; init; } = true;

    /// <summary><c>trace_events</c>: how many events are kept of a thread; the rest is counted.</summary>
    public int TraceEvents { get; init; } = 1 << 22;

    /// <summary><c>trace</c>: trace all threads by sessions, in this mode; null: none. By number, or by names in quotes.</summary>
    public TraceModes? Session { get; init; }

    /// <summary><c>trace_words</c>: words of the areas of these sessions.</summary>
    public int SessionWords { get; init; } = 1 << 20;

    /// <summary><c>should_track</c>: open the gates of modules that were instrumented with <c>gated</c> from the start.</summary>
    public bool ShouldTrack { get; init; }

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
                bool direct = Boolean(name, value, Direct, complain);
                return (this with { Direct = direct }).With(DumpFormats.Raw, direct);
            case "coverage_bitset":
                return With(DumpFormats.Bitset, Boolean(name, value, Dump.Formats.HasFlag(DumpFormats.Bitset), complain));
            case "coverage_counters":
                return With(DumpFormats.Counters, Boolean(name, value, Dump.Formats.HasFlag(DumpFormats.Counters), complain));
            case "coverage_packed":
                return With(DumpFormats.Packed, Boolean(name, value, Dump.Formats.HasFlag(DumpFormats.Packed), complain));
            case "coverage_max_block_size":
                return this with { Dump = Dump with { PackedBlockSize = Number(name, value, Dump.PackedBlockSize, SmallestBlock, complain) } };
            case "strip_path_prefix":
                return this with { Dump = Dump with { StripPathPrefix = value ?? "" } };
            case "caller-callee":
                return this with { CallerCallee = Boolean(name, value, CallerCallee, complain) };
            case "trace-cmp":
                return this with { TraceCmp = Boolean(name, value, TraceCmp, complain) };
            case "trace-bb":
                return this with { Trace = Boolean(name, value, Trace, complain) };
            case "should_track":
                return this with { ShouldTrack = Boolean(name, value, ShouldTrack, complain) };
            case "trace_events":
                return this with { TraceEvents = Number(name, value, TraceEvents, 1, complain) };
            case "trace" when ModeNames.Parse(value ?? "") is { } modes:
                return this with { Session = modes };
            case "trace":
                complain($"{name}: '{Printable(value)}' is not one of {ModeNames.Known}");
                return this;
            case "trace_words":
                return this with { SessionWords = Math.Max(2, Number(name, value, SessionWords, 2, complain)) };
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

    private RuntimeOptions With(DumpFormats format, bool isWanted) =>
        this with { Dump = Dump with { Formats = isWanted ? Dump.Formats | format : Dump.Formats & ~format } };

    private static int Number(string name, string? value, int otherwise, int smallest, Action<string> complain)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (number == 0 || number >= smallest) && number <= LargestNumber)
        {
            return number;
        }

        complain($"{name}: '{Printable(value)}' is not 0 or a number from {smallest} to {LargestNumber}");
        return otherwise;
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
