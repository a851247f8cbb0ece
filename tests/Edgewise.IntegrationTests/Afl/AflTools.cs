using System.Diagnostics;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Afl;

/// <summary>Runs AFL++'s own tools on targets of <c>tests/Programs/Fuzzed</c>, in a folder of one test class.</summary>
public sealed class AflTools : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // The scripts refuse to work below /tmp, as long as nobody insists.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"afl-{Guid.NewGuid():n}")).FullName;
    private readonly Dictionary<string, string> _launchers = [];

    /// <summary>Skips the test that calls it where AFL++ is missing.</summary>
    public static void Need() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "afl-fuzz"))),
        "needs AFL++ (Debian: afl++)");

    /// <summary>The folder for temporary files of everything that is run here.</summary>
    public string TemporaryFolder => Directory.CreateDirectory(At("temporary")).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A path in the folder, for a name that no other test uses.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string content)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Makes a launcher, as a user does.</summary>
    public string Launcher(string target)
    {
        lock (_launchers)
        {
            if (!_launchers.TryGetValue(target, out string? path))
            {
                using var edgewise = ChildProcess.Start(
                    [TestPrograms.Edgewise, "afl", TestPrograms.Fuzzed, "--method", target, "-o", At($"{target}.afl")], null, ("EDGEWISE_CACHE", At("cache")));
                Assert.True(edgewise.WaitForEnd() == 0, edgewise.Error);
                path = edgewise.Output.Trim();
                _launchers.Add(target, path);
            }

            return path;
        }
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Variables that it gets.</param>
    /// <returns>What it wrote, and its exit code.</returns>
    internal (string Output, int Code) Run(string tool, string input, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment["EDGEWISE_CACHE"] = At("cache");
        start.Environment["TMPDIR"] = TemporaryFolder;
        if (_folder.StartsWith("/tmp/", StringComparison.Ordinal))
        {
            start.Environment["AFL_ALLOW_TMP"] = "1";
        }

        start.Environment["AFL_NO_UI"] = start.Environment["AFL_NO_AFFINITY"] = "1";
        start.Environment["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = start.Environment["AFL_SKIP_CPUFREQ"] = "1";
        start.Environment.Remove("AFL_SKIP_BIN_CHECK");
        start.Environment.Remove("AFL_MAP_SIZE");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{tool} is still running; so far:\n{output.Result}\n{errors.Result}");
        }

        return (output.Result + errors.Result, process.ExitCode);
    }

    /// <summary>Fuzzes until a crash is found or time is up.</summary>
    /// <returns>What <c>afl-fuzz</c> wrote, and the crashes' inputs.</returns>
    internal (string Output, IReadOnlyList<byte[]> Crashes) FuzzUntilCrash(string target, string name, string seed, int seconds, params string[] options)
    {
        Write($"{name}.in/seed", seed);
        (string output, _) = Run(
            "afl-fuzz", "", ["-i", At($"{name}.in"), "-o", At($"{name}.out"), "-V", $"{seconds}", .. options, "--", Launcher(target)], ("AFL_BENCH_UNTIL_CRASH", "1"));
        return (output, [.. Found($"{name}.out", "crashes").Select(File.ReadAllBytes)]);
    }

    /// <summary>The inputs that <c>afl-fuzz</c> kept.</summary>
    internal string[] Found(string output, string kind)
    {
        string folder = At(Path.Combine(output, "default", kind));
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "id:*") : [];
    }

    /// <summary>The processes that are left of a launcher.</summary>
    internal static IEnumerable<string> Left(string launcher) => Directory.GetDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), out _)).Select(CommandLine)
        .Where(line => line.Contains("afl-target", StringComparison.Ordinal) && line.Contains(Path.GetFileNameWithoutExtension(launcher), StringComparison.Ordinal));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
