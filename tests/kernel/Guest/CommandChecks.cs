using System.Diagnostics;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>The command <c>edgewise kcov run</c> itself, with the .NET that it runs on, in the guest. <c>command.sh</c> puts both there.</summary>
internal static class CommandChecks
{
    private const string Dotnet = "/dotnet/dotnet", Command = "/edgewise/edgewise.dll", Image = "/vmlinux", Output = "/tmp/output";

    private static readonly (string Arguments, int Code, string Expected)[] All =
    [
        ("--mode pc -- /bin/nothing", 0, "mode      pc (0)"),
        ("--mode cmp -- /bin/nothing", 0, "mode      cmp (1)"),
        ("--mode uniq-pc -- /bin/nothing", 0, "made unique in user space"),
        ("--mode uniq-edge -- /bin/nothing", 0, "edges     2,"),
        ("--mode uniq-pc,uniq-edge -- /bin/nothing", 0, "mode      uniq-pc,uniq-edge (6)"),
        ("--mode 8 -- /bin/nothing", 0, "mode      uniq-cmp (8)"),
        ("--words 512 -- /bin/nothing", 0, "overflow  the area is full"),
        ("--words 512 --grow -- /bin/nothing", 0, "grown in"),
        ("--remote 0x42 -- /bin/nothing", 0, "recorded  0 PCs"),
        ($"--vmlinux {Image} -o {Output} --format sancov -- /bin/nothing", 0, "functions"),
        ($"-o {Output} --format showmap -- /bin/nothing", 0, "reached"),
        ($"--vmlinux {Image} -o {Output} --format json -- /bin/nothing", 0, "functions"),
        ("--vmlinux /bin/nothing -- /bin/nothing", 1, "has no symbol _text"),
        ("-- /bin/none", 1, "there is no such program"),
        ("-- /notes", 1, "may not be executed"),
        ("--words 1 -- /bin/nothing", 1, "too small"),
    ];

    // examples/kcov: the mode, and something that it must print.
    private static readonly (string Mode, int Code, string Expected)[] Examples =
        [("0", 0, "0xffffffff8"), ("1", 0, "type: 0x5, arg1:"), ("2", 0, "0xffffffff8"), ("4", 0, "======edge======\n0xffffffff8"), ("6", 0, "======edge======\n0xffffffff8"), ("8", 0, "const"), ("3", 1, "Unsupported mode!")];

    /// <summary>Runs them.</summary>
    /// <param name="keep">Receives what a run wrote: a name and the bytes.</param>
    /// <returns>A line a check, as for the others, with what the command printed behind it.</returns>
    public static IEnumerable<string> Run(Action<string, byte[]> keep)
    {
        bool isShort = File.ReadAllText("/proc/cmdline").Contains("edgewise.only=examples", StringComparison.Ordinal);
        foreach ((string arguments, int code, string expected) in isShort ? [] : All)
        {
            File.Delete(Output);
            (int exitCode, string text) = Invoke($"{Command} kcov run {arguments}");
            bool passes = exitCode == code && text.Contains(expected, StringComparison.Ordinal);
            yield return $"{(passes ? "pass" : "FAIL")} edgewise kcov run {arguments}: exit code {exitCode}{(passes ? "" : $" (expected {code}, and '{expected}')")}";
            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return $"     {line}";
            }

            if (File.Exists(Output))
            {
                string format = arguments.Split(' ').SkipWhile(word => word != "--format").Skip(1).First();
                keep($"command.{format}", File.ReadAllBytes(Output));
            }
        }

        foreach ((string mode, int code, string expected) in Examples)
        {
            (int exitCode, string text) = Invoke($"/edgewise/kcov.dll {mode}");
            bool passes = exitCode == code && text.StartsWith($"The mode is: {mode}\n", StringComparison.Ordinal) && text.Contains(expected, StringComparison.Ordinal);
            yield return $"{(passes ? "pass" : "FAIL")} examples/kcov {mode}: exit code {exitCode}{(passes ? "" : $" (expected {code}, and '{expected}')")}";
            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return $"     {line}";
            }
        }
    }

    private static (int ExitCode, string Text) Invoke(string arguments)
    {
        ProcessStartInfo start = new(Dotnet, arguments.Split(' ')) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "10000000";
        start.Environment["HOME"] = "/tmp";
        start.Environment["PATH"] = "/bin";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.Result + output);
    }
}
