using System.Globalization;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>Flags with one dash, as libFuzzer has them: <c>-name=value</c>.</summary>
/// <remarks>libFuzzer 14's names and defaults. Flags of libFuzzer's that mean nothing here are taken and told; flags that nobody has are warned of and ignored, as there.</remarks>
internal sealed class LibFuzzerFlags
{
    // What there is, with libFuzzer's default.
    private static readonly Dictionary<string, long> Numbers = new(StringComparer.Ordinal)
    {
        ["seed"] = 0,
        ["runs"] = -1,
        ["max_len"] = 0,
        ["len_control"] = 100,
        ["cross_over"] = 1,
        ["mutate_depth"] = 5,
        ["timeout"] = 1200,
        ["error_exitcode"] = 77,
        ["timeout_exitcode"] = 70,
        ["max_total_time"] = 0,
        ["ignore_timeouts"] = 1,
        ["ignore_ooms"] = 1,
        ["ignore_crashes"] = 0,
        ["use_value_profile"] = 0,
        ["use_cmp"] = 1,
        ["reduce_inputs"] = 1,
        ["only_ascii"] = 0,
        ["print_final_stats"] = 0,
        ["print_pcs"] = 0,
        ["print_funcs"] = 2,
        ["close_fd_mask"] = 0,
        ["rss_limit_mb"] = 2048,
        ["verbosity"] = 1,
        ["help"] = 0,
        ["merge"] = 0,
        ["set_cover_merge"] = 0,
        ["minimize_crash"] = 0,
        ["report_slow_units"] = 10,
        ["reload"] = 1,
        ["jobs"] = 0,
        ["workers"] = 0,
        ["fork"] = 0,
        ["create_missing_dirs"] = 0,
    };

    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal) { "dict", "artifact_prefix", "exact_artifact_path", "merge_control_file", "seed_inputs", "stop_file" };

    // libFuzzer has them; here they change nothing.
    private static readonly HashSet<string> WithoutMeaning = new(StringComparer.Ordinal)
    {
        "keep_seed", "cross_over_uniform_dist", "reduce_depth", "shuffle", "prefer_small", "fork_corpus_groups", "merge_inner",
        "cleanse_crash", "minimize_crash_internal_step", "features_dir", "mutation_graph_file", "use_counters", "use_memmem", "shrink",
        "print_corpus_stats", "print_coverage", "print_full_coverage", "dump_coverage", "handle_segv", "handle_bus",
        "handle_abrt", "handle_ill", "handle_fpe", "handle_int", "handle_term", "handle_xfsz", "handle_usr1", "handle_usr2", "handle_winexcept",
        "detect_leaks", "purge_allocator_interval", "trace_malloc", "malloc_limit_mb", "exit_on_src_pos", "exit_on_item", "ignore_remaining_args",
        "focus_function", "entropic", "entropic_feature_frequency_threshold", "entropic_number_of_rarest_features", "entropic_scale_per_exec_time",
        "analyze_dict", "use_clang_coverage", "data_flow_trace", "collect_data_flow",
    };

    private static readonly string[] NotNegative =
        ["seed", "max_len", "len_control", "mutate_depth", "timeout", "error_exitcode", "timeout_exitcode", "max_total_time", "rss_limit_mb", "jobs", "workers", "fork", "print_funcs", "report_slow_units", "reload"];

    private static readonly string[] Limited = ["max_len", "len_control", "mutate_depth", "timeout", "error_exitcode", "timeout_exitcode", "max_total_time", "rss_limit_mb", "jobs", "workers", "fork", "report_slow_units"];

    private static readonly string[] Modes = ["merge", "set_cover_merge", "minimize_crash", "fork", "jobs"];

    private readonly Dictionary<string, long> _numbers = new(Numbers, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The names that were given.</summary>
    public HashSet<string> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>What a user should know of the flags.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What is wrong with them.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The names of all flags that mean something, in order.</summary>
    public static IEnumerable<string> Names => Numbers.Keys.Concat(Texts).Order(StringComparer.Ordinal);

    /// <summary>Reads flags without their dashes.</summary>
    public static LibFuzzerFlags Parse(IEnumerable<string> flags)
    {
        var parsed = new LibFuzzerFlags();
        foreach (string flag in flags)
        {
            parsed.Add(flag);
        }

        parsed.Check();
        return parsed;
    }

    /// <summary>A number; libFuzzer's default where it was not given.</summary>
    public long Number(string name) => _numbers[name];

    /// <summary>True for a number other than 0.</summary>
    public bool Is(string name) => _numbers[name] != 0;

    /// <summary>A text; null where it was not given.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>Writes of what is covered for the first time as far as the flags ask for it.</summary>
    public CoverageLines CoverageLines() => new((int)Number("print_funcs"), Is("print_pcs"));

    /// <summary>The exit code of a campaign, of which two can be chosen.</summary>
    public int ExitCode(FuzzResult result) => result.ExitCode switch
    {
        (int)FindingKind.Crash => (int)Number("error_exitcode"),
        (int)FindingKind.Timeout => (int)Number("timeout_exitcode"),
        int other => other,
    };

    // Flags that cannot be meant: out of range, or against each other.
    private void Check()
    {
        Errors.AddRange(NotNegative.Where(name => Number(name) < 0).Select(name => $"-{name}={Number(name)}: expected 0 or more"));
        Errors.AddRange(Limited.Where(name => Number(name) > int.MaxValue).Select(name => $"-{name}={Number(name)}: expected at most {int.MaxValue}"));
        if (Number("runs") < -1)
        {
            Errors.Add($"-runs={Number("runs")}: expected 0 or more, or -1 for no limit");
        }

        string[] modes = [.. Modes.Where(name => Number(name) > 0)];
        if (modes.Length > 1)
        {
            Errors.Add($"{string.Join(" and ", modes.Select(name => $"-{name}"))} exclude each other; expected one of them");
        }
    }

    private void Add(string flag)
    {
        int equals = flag.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? flag : flag[..equals];
        string value = equals < 0 ? "" : flag[(equals + 1)..];
        if (Texts.Contains(name))
        {
            _texts[name] = value;
            Given.Add(name);
        }
        else if (Numbers.ContainsKey(name))
        {
            Given.Add(name);
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            {
                Errors.Add($"-{name}={value}: a whole number was expected");
            }
            else
            {
                _numbers[name] = number;
            }
        }
        else if (WithoutMeaning.Contains(name))
        {
            Warnings.Add($"-{name} is a flag of libFuzzer's that means nothing here; it is ignored");
        }
        else
        {
            Warnings.Add($"WARNING: unrecognized flag '-{flag}'; use -help=1 to list all flags");
        }
    }
}
