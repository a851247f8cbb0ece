using System.Diagnostics;
using Edgewise.IntegrationTests.Native;

namespace Edgewise.IntegrationTests.Corpus;

/// <summary>Targets built for libFuzzer and for AFL, and their runs. Tests are skipped where those are missing.</summary>
internal static class OtherFuzzers
{
    private const string Clang = "/usr/bin/clang-14";
    private const string AflFuzz = "/usr/bin/afl-fuzz";
    private const string AflClang = "/usr/bin/afl-clang-fast";

    /// <summary>Builds the words of <c>tests/Programs/Native/words.c</c> with libFuzzer.</summary>
    public static string BuildForLibFuzzer(string folder)
    {
        Assert.SkipUnless(File.Exists(Clang), $"needs {Clang}");
        return Build(folder, Clang, "-fsanitize=fuzzer");
    }

    /// <summary>Builds the same for AFL.</summary>
    public static string BuildForAfl(string folder)
    {
        Assert.SkipUnless(File.Exists(AflFuzz) && File.Exists(AflClang), $"needs {AflFuzz} and {AflClang}");
        return Build(folder, AflClang, "-fsanitize=fuzzer");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote on both its outputs.</returns>
    public static string Run(string program, string[] arguments, string folder, params (string Name, string Value)[] variables)
    {
        (_, string output, string error) = NativePrograms.Start(program, arguments, folder, variables);
        return output + error;
    }

    /// <summary>Runs afl-fuzz as the main instance.</summary>
    public static string RunAfl(string target, string seeds, string sync, int seconds) => Run(
        AflFuzz,
        ["-i", seeds, "-o", sync, "-M", "main", "-V", $"{seconds}", "--", target],
        Path.GetDirectoryName(target)!,
        ("AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES", "1"), ("AFL_SKIP_CPUFREQ", "1"), ("AFL_NO_UI", "1"), ("AFL_NO_AFFINITY", "1"), ("AFL_IMPORT_FIRST", "1"));

    private static string Build(string folder, string compiler, params string[] arguments)
    {
        string target = Path.Combine(folder, Path.GetFileName(compiler) + "-words");
        string source = Path.Combine(SourceFolder(), "tests", "Programs", "Native", "words.c");
        using Process process = Process.Start(new ProcessStartInfo(compiler, ["-g", "-O1", .. arguments, source, "-o", target]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output.Result + error);
        return target;
    }

    private static string SourceFolder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edgewise.slnx")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        }

        return folder;
    }
}
