using System.Diagnostics;

namespace Edgewise.Bench.Reports;

/// <summary>SQLite's shell with counters, and the map of a run of it: the amalgamation out of the npm package sqlite3, with the native runtime.</summary>
internal static class CountedSqlite
{
    private const string Package = "sqlite3@6.0.1";

    private const string Build =
        "set -e; [ -d sqlite-autoconf-* ] || { npm pack --silent " + Package + "; tar xzf sqlite3-*.tgz; tar xzf package/deps/sqlite-autoconf-*.tar.gz; }; make -s -C \"$1\"; cd sqlite-autoconf-*; "
        + "clang-14 -g -O1 -fsanitize-coverage=inline-8bit-counters,pc-table -fno-sanitize-link-runtime sqlite3.c shell.c -o ../counted.new \"$2\" -pthread -ldl -lm; mv ../counted.new ../counted";

    private const string Statements =
        "create table t(a integer primary key, b text, c real); with recursive n(i) as (select 1 union all select i+1 from n where i<2000) insert into t select i, 'row '||i, i*1.5 from n; "
        + "create index tb on t(b); select count(*), sum(c) from t where b like 'row 1%'; update t set c=c+1 where a%3=0; delete from t where a%7=0; select json_extract('{\"a\":[1]}','$.a[0]'); pragma integrity_check;";

    /// <summary>The map of a run; null, and a reason, where it cannot be made.</summary>
    public static string? MakeMap(out string reason)
    {
        string folder = Path.Combine(RepositoryFiles.Root, "artifacts", "bench-sqlite"), program = Path.Combine(folder, "counted"), map = Path.Combine(folder, "counted.edgewise-map");
        Directory.CreateDirectory(folder);
        reason = "";
        if (!File.Exists(program))
        {
            string native = Path.Combine(RepositoryFiles.Root, "native"), library = Path.Combine(RepositoryFiles.Root, "artifacts", "native", "libedgewise_native.a");
            reason = Run("sh", ["-c", Build, "sh", native, library], folder, null);
        }

        if (!File.Exists(program))
        {
            reason = $"no {program}: npm, tar, make, cc and clang-14 are needed: {reason}";
            return null;
        }

        if (!File.Exists(map))
        {
            Run(program, [":memory:", Statements], folder, map);
        }

        return map;
    }

    private static string Run(string program, string[] arguments, string folder, string? map)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EDGEWISE_MAP_FILE"] = map;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (error + output.Result).Trim();
    }
}
