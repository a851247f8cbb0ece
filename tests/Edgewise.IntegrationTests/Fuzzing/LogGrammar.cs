using System.Text.RegularExpressions;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>The lines that libFuzzer prints; what else is printed begins with <c>INFO: edgewise: </c>.</summary>
internal static partial class LogGrammar
{
    private static readonly Regex[] Known =
    [
        .. ((string[])[
            @"INFO: edgewise: .+",
            @"INFO: Running with entropic power schedule \(0xFF, 100\)\.",
            @"INFO: Seed: \d+",
            @"INFO: Loaded \d+ modules   \(\d+ inline 8-bit counters\): (\d+ \[0x[0-9a-f]+, 0x[0-9a-f]+\), )+",
            @"INFO: Loaded \d+ PC tables \(\d+ PCs\): (\d+ \[0x[0-9a-f]+,0x[0-9a-f]+\), )+",
            @"INFO: -max_len is not provided; libFuzzer will not generate inputs larger than \d+ bytes",
            @"INFO: A corpus is not provided, starting from an empty corpus",
            @"INFO: seed corpus: files: \d+ min: \d+b max: \d+b total: \d+b rss: \d+Mb",
            @"INFO: you need to specify -max_total_time=N or -runs=N with -minimize_crash=1",
            @"INFO: defaulting to -max_total_time=600",
            @"INFO: -fork=\d+: fuzzing in separate process\(s\)",
            @"INFO: exiting: \d+ time: \d+s",
            @"#\d+\t(INITED|NEW   |REDUCE|pulse |RELOAD|DONE  ) cov: \d+ ft: \d+ corp: \d+/\d+(b|Kb|Mb) (focus: \d+ )?lim: \d+ exec/s: \d+ rss: \d+Mb( L: \d+/\d+ MS: \d+ (\w+-)*( DE: ("".*""-)+)?)?",
            @"#\d+\t(pulse |DONE  |LOADED) cov: \d+ ft: \d+ exec/s: \d+ rss: \d+Mb",
            @"#\d+: cov: \d+ ft: \d+ corp: \d+ exec/s: \d+ oom/timeout/crash: \d+/\d+/\d+ time: \d+s job: \d+ dft_time: 0",
            @"\tNEW_FUNC\[\d+/\d+\]: 0x[0-9a-f]+ in \S+ \S.*",
            @"\tNEW_PC: 0x[0-9a-f]+ in \S+ \S.*",
            @"==\d+== ERROR: libFuzzer: (deadly signal|timeout|out-of-memory|fuzz target exited)",
            @"    .+",
            @"SUMMARY: libFuzzer: (deadly signal|timeout|out-of-memory|fuzz target exited)",
            @"MS: \d+ (\w+-)*; base unit: [0-9a-f]{40}",
            @"artifact_prefix='.*'; Test unit written to .+",
            @"Slowest unit: \d+ s:",
            @"Base64: [A-Za-z0-9+/=]*",
            @"###### (Recommended dictionary|End of recommended dictionary)\. ######",
            @""".*"" # Uses: \d+",
            @"Done \d+ runs in \d+ second\(s\)",
            @"stat::number_of_executed_units: \d+",
            @"stat::average_exec_per_sec:     \d+",
            @"stat::new_units_added:          \d+",
            @"stat::slowest_unit_time_sec:    \d+",
            @"stat::peak_rss_mb:              \d+",
            @".+: Running \d+ inputs \d+ time\(s\) each\.",
            @"Running: .+",
            @"Executed .+ in \d+ ms",
            @"\*\*\*( NOTE: fuzzing was not performed, you have only|       executed the target code on a fixed set of inputs\.)?",
            @"MERGE-OUTER: \d+ files, \d+ in the initial corpus, \d+ processed earlier",
            @"MERGE-OUTER: attempt \d+",
            @"MERGE-OUTER: successful in \d+ attempt\(s\)",
            @"MERGE-OUTER: the control file has \d+ bytes",
            @"MERGE-OUTER: consumed \d+Mb \(\d+Mb rss\) to parse the control file",
            @"MERGE-OUTER: \d+ new files with \d+ new features added; \d+ new coverage edges",
            @"MERGE-INNER: using the control file '.+'",
            @"MERGE-INNER: '.+' caused a failure at the previous merge step",
            @"MERGE-INNER: \d+ total files; \d+ processed earlier; will process \d+ files now",
            @"CRASH_MIN: minimizing crash input: '.+' \(\d+ bytes\)",
            @"CRASH_MIN: '.+' \(\d+ bytes\) caused a crash\. Will try to minimize it further",
            @"CRASH_MIN: failed to minimize beyond .+ \(\d+ bytes\), exiting",
            @"ERROR: the input .+ did not crash",
            @"================== Job \d+ exited with exit code \d+ ============",
            @"WARNING: unrecognized flag '.+'; use -help=1 to list all flags",
        ]).Select(pattern => new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant)),
    ];

    /// <summary>The lines that are no line of libFuzzer's. The one behind a list of bytes is the input itself.</summary>
    public static string[] Foreign(IEnumerable<string> lines)
    {
        List<string> foreign = [];
        bool isInput = false;
        foreach (string line in lines)
        {
            bool isBytes = Bytes().IsMatch(line);
            if (!isInput && !isBytes && !Array.Exists(Known, known => known.IsMatch(line)))
            {
                foreign.Add(line);
            }

            isInput = isBytes;
        }

        return [.. foreign];
    }

    [GeneratedRegex("^(0x[0-9a-f]{1,2},)+$")]
    private static partial Regex Bytes();
}
