using System.Diagnostics;
using Edgewise.Cli;

namespace Edgewise.IntegrationTests.Binaries;

/// <summary>A folder in which clang builds programs at test time, and what they and the tools say.</summary>
internal sealed class ClangBuild : IDisposable
{
    private const string Clang = "clang-14", ClangPlus = "clang++-14";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public ClangBuild() => Assert.SkipUnless(Has(Clang) && Has(ClangPlus), $"{Clang} is not on PATH");

    public string Folder { get; } = Directory.CreateTempSubdirectory("edgewise-clang-").FullName;

    /// <summary>True for a program on PATH.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Builds a program; skips the test where this clang lacks the parts for it.</summary>
    public string Build(string output, string options, params string[] sources)
    {
        string compiler = sources.Any(source => source.EndsWith(".cc", StringComparison.Ordinal)) ? ClangPlus : Clang;
        (int code, _, string error) = Run(compiler, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-g", "-o", output, .. sources]);
        Assert.SkipWhen(code != 0 && error.Contains("cannot find", StringComparison.Ordinal), $"clang lacks a part for {options}: {error}");
        Assert.True(code == 0, error);
        return PathOf(output);
    }

    /// <summary>Runs a program with coverage on, and returns the <c>.sancov</c> files that it left.</summary>
    public string[] Cover(string program, params string[] arguments)
    {
        (int code, _, string error) = Run(program, arguments, ("UBSAN_OPTIONS", "coverage=1"), ("ASAN_OPTIONS", "coverage=1:detect_leaks=0"), ("LD_LIBRARY_PATH", Folder));
        Assert.True(code == 0, error);
        return Directory.GetFiles(Folder, "*.sancov");
    }

    /// <summary>Calls <c>edgewise sancov</c>.</summary>
    public static string[] Sancov(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = EdgewiseCommand.Invoke(["sancov", .. arguments], output, error);
        Assert.True(code == 0 && error.ToString().Length == 0, error.ToString());
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public (int ExitCode, string Output, string Error) Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Native.NativePrograms.StartWritten(start);
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {Patience}");
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
