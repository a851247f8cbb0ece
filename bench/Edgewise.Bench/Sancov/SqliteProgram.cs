using System.Diagnostics;

namespace Edgewise.Bench.Sancov;

/// <summary>SQLite's shell, built with coverage: the amalgamation out of the npm package sqlite3.</summary>
internal static class SqliteProgram
{
    /// <summary>How many runs leave a file, each of other statements.</summary>
    public const int Runs = 20;

    private const string Package = "sqlite3@6.0.1";

    private static readonly string[] Statements =
    [
        "select hex(randomblob(3))", "create index x on t(a); analyze; vacuum", "select json('[1,2]'), printf('%d %s', 1, 'x'), date('now')",
        "with recursive c(x) as (select 1 union all select x+1 from c where x<5) select sum(x) over (order by x) from c", "explain select * from t where a in (select b from t)",
    ];

    /// <summary>The program and the <c>.sancov</c> files of its runs; null, and a reason, where it cannot be made.</summary>
    public static (string Program, string[] Sancovs)? Make(out string reason)
    {
        string folder = Path.Combine(RepositoryFiles.Root, "artifacts", "bench-sqlite"), program = Path.Combine(folder, "sqlite");
        Directory.CreateDirectory(folder);
        reason = "";
        if (!File.Exists(program))
        {
            string script = $"set -e; npm pack --silent {Package}; tar xzf sqlite3-*.tgz; tar xzf package/deps/sqlite-autoconf-*.tar.gz; cd sqlite-autoconf-*; "
                + "clang-14 -g -O1 -fsanitize-coverage=trace-pc-guard sqlite3.c shell.c -o ../sqlite.new -lpthread -ldl -lm; mv ../sqlite.new ../sqlite";
            reason = Run("sh", ["-c", script], folder);
        }

        if (!File.Exists(program))
        {
            reason = $"no {program}: npm, tar and clang-14 are needed: {reason}";
            return null;
        }

        string coverage = Path.Combine(folder, "coverage");
        if (!Directory.Exists(coverage))
        {
            Directory.CreateDirectory(coverage);
            for (int run = 0; run < Runs; run++)
            {
                string statements = $"create table t(a,b); insert into t values({run},2); select * from t order by a limit {run}; {Statements[run % Statements.Length]};";
                Run(program, [":memory:", statements], coverage);
            }
        }

        return (program, [.. Directory.GetFiles(coverage, "*.sancov").Order(StringComparer.Ordinal)]);
    }

    private static string Run(string program, string[] arguments, string folder)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["UBSAN_OPTIONS"] = "coverage=1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (error + output.Result).Trim();
    }
}
