using System.Globalization;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Cli.Commands.Run;

/// <summary>What <c>--trace</c> and <c>--words</c> ask for: a session on each thread of the program.</summary>
/// <param name="Modes">What is recorded.</param>
/// <param name="Words">Words of each buffer.</param>
internal sealed record RunTrace(TraceModes Modes, int Words)
{
    /// <summary>Words where nobody says: 8 MiB a thread, of which the system gives pages as they fill.</summary>
    public const int DefaultWords = 1 << 20;

    private const TraceModes Compares = TraceModes.TraceCmp | TraceModes.UniqCmp;

    /// <summary>Checks the options.</summary>
    /// <param name="mode">What the user gave for <c>--trace</c>.</param>
    /// <param name="words">And for <c>--words</c>.</param>
    /// <param name="options">What is inserted besides.</param>
    /// <param name="report">Receives every error.</param>
    /// <returns>Null where there was one.</returns>
    public static RunTrace? Read(string mode, int words, InstrumentationOptions options, CommandReport report)
    {
        if (ModeNames.Parse(mode) is not { } modes)
        {
            report.Error($"--trace: '{mode}' is not known; known are {ModeNames.Known}");
            return null;
        }

        if (words is < 2 or > TraceSession.MostWords)
        {
            report.Error($"--words: {words} is not a number from 2 to {TraceSession.MostWords}");
        }

        if (options.Callbacks is not null)
        {
            report.Error("--trace has callbacks of its own, so --callbacks cannot be given with it");
        }

        return new RunTrace(modes, words);
    }

    /// <summary>The options with what feeds the sessions.</summary>
    public InstrumentationOptions Instrument(InstrumentationOptions options) => options with
    {
        Features = options.Features | ((Modes & Compares) != 0 ? CoverageFeatures.TraceCmp : CoverageFeatures.TracePc),
        Callbacks = SessionCallbackClass.Instance,
    };

    /// <summary>The program's <c>EDGEWISE_OPTIONS</c>.</summary>
    /// <param name="before">What they were.</param>
    public string AddTo(string? before) => string.Create(
        CultureInfo.InvariantCulture, $"{(string.IsNullOrEmpty(before) ? "" : before + ":")}trace={(int)Modes}:trace_words={Words}");
}
