using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Edgewise.IntegrationTests.Native;

/// <summary>Builds the native runtime, and programs of <c>tests/Programs/Native</c> with it. Tests are skipped where a compiler is missing.</summary>
internal static class NativePrograms
{
    private static readonly Lazy<string> RuntimeFolder = new(BuildRuntime);

    /// <summary>clang, or null.</summary>
    public static string? Clang { get; } = Find("clang-14") ?? Find("clang");

    /// <summary>gcc, or null.</summary>
    public static string? Gcc { get; } = Find("gcc");

    /// <summary>gcc can link AddressSanitizer.</summary>
    public static bool HasAddressSanitizer => Gcc is not null && Path.IsPathRooted(Run(Gcc, ["-print-file-name=libasan.so"]).Trim());

    /// <summary>The shared library.</summary>
    public static string SharedRuntime => Path.Combine(RuntimeFolder.Value, "libedgewise_native.so");

    /// <summary>The static library.</summary>
    public static string StaticRuntime => Path.Combine(RuntimeFolder.Value, "libedgewise_native.a");

    private static bool HasMake { get; } = Find("make") is not null;

    private static string Root { get; } = FindRoot();

    /// <summary>Skips the test that calls it where there is no clang.</summary>
    public static void NeedClang() => Assert.SkipUnless(OperatingSystem.IsLinux() && Clang is not null && Gcc is not null && HasMake, "needs Linux, clang, gcc and make");

    /// <summary>Builds a program with clang and the shared runtime.</summary>
    /// <param name="source">File name of the source.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="features">Value of <c>-fsanitize-coverage</c>.</param>
    /// <param name="more">More arguments.</param>
    /// <returns>Path of the program.</returns>
    public static string Build(string source, string folder, string features, params string[] more)
    {
        NeedClang();
        string output = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        return Compile(Clang!, source, output, ["-g", "-O1", $"-fsanitize-coverage={features}", "-fno-sanitize-link-runtime", .. more, .. LinkedWith(more)]);
    }

    /// <summary>Builds a program with clang, a sanitizer of its and the runtime that goes beside one.</summary>
    public static string BuildSanitized(string source, string folder, string features, string sanitizer)
    {
        NeedClang();
        string output = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        string runtime = Path.Combine(RuntimeFolder.Value, "edgewise_native_sanitizer.o");
        string library = Run(Clang!, [$"-print-file-name=libclang_rt.{(sanitizer == "address" ? "asan" : "ubsan_standalone")}-x86_64.a"]).Trim();
        Assert.SkipUnless(Path.IsPathRooted(library) || File.Exists(Path.Combine(Run(Clang!, ["-print-runtime-dir"]).Trim(), library)), $"clang has no {library}");
        return Compile(Clang!, source, output, ["-g", "-O1", $"-fsanitize={sanitizer}", "-fno-sanitize-recover=all", $"-fsanitize-coverage={features}", runtime, "-pthread"]);
    }

    /// <summary>Builds a program with gcc.</summary>
    public static string BuildWithGcc(string source, string folder, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Gcc is not null && HasMake, "needs Linux, gcc and make");
        string output = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        return Compile(Gcc!, source, output, ["-g", "-I" + Path.Combine(Root, "native", "include"), .. arguments, .. LinkedWith(arguments)]);
    }

    /// <summary>Builds a shared object with clang.</summary>
    /// <param name="source">File name of the source.</param>
    /// <param name="output">Path of the object.</param>
    /// <param name="features">Value of <c>-fsanitize-coverage</c>.</param>
    /// <param name="more">More arguments.</param>
    public static string BuildShared(string source, string output, string features, params string[] more)
    {
        NeedClang();
        return Compile(Clang!, source, output, ["-g", "-O1", "-shared", "-fPIC", $"-fsanitize-coverage={features}", "-fno-sanitize-link-runtime", .. more]);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="variables">Environment variables.</param>
    /// <returns>Exit code (128 + n after signal n), output and errors.</returns>
    public static (int Code, string Output, string Error) Start(string program, string[] arguments, string folder, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = StartWritten(start);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts a program that was written just now.</summary>
    /// <remarks>A process that another test starts while this one writes a program has that file open, for writing, until it runs its own program.</remarks>
    public static Process StartWritten(ProcessStartInfo start)
    {
        const int textFileBusy = 26;
        for (int left = 200; ; left--)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception failure) when (failure.NativeErrorCode == textFileBusy && left > 0)
            {
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>Names of the functions in which PCs lie, by the symbol table.</summary>
    public static string[] Functions(string program, IEnumerable<ulong> pcs)
    {
        string listing = Run("nm", ["-S", "--defined-only", program]);
        (ulong Start, ulong Size, string Name)[] symbols =
        [
            .. listing.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length == 4 && words[2] is "t" or "T")
                .Select(words => (Hex(words[0]), Hex(words[1]), words[3])),
        ];
        return [.. pcs.Select(pc => symbols.First(symbol => pc - symbol.Start < symbol.Size).Name).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs a tool and demands that it succeeds.</summary>
    public static string Run(string program, string[] arguments)
    {
        (int code, string output, string error) = Start(program, arguments, Path.GetTempPath());
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: exit code {code}\n{output}{error}");
        return output;
    }

    /// <summary>Compiles, or copies what was compiled of the same text, runtime and arguments before: a compiler takes longer than a test.</summary>
    private static string Compile(string compiler, string source, string output, string[] arguments)
    {
        string[] all = [Source(source), .. arguments];
        byte[] key = SHA256.HashData([.. File.ReadAllBytes(StaticRuntime), .. File.ReadAllBytes(Source(source)), .. Encoding.UTF8.GetBytes(string.Join('\n', [compiler, .. all]))]);
        string kept = Path.Combine(RuntimeFolder.Value, "programs", Convert.ToHexStringLower(key));
        if (!File.Exists(kept))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            Run(compiler, [.. all, "-o", output]);
            string temporary = kept + "." + Path.GetRandomFileName();
            File.Copy(output, temporary);
            File.Move(temporary, kept, overwrite: true);
        }
        else
        {
            File.Copy(kept, output);
        }

        return output;
    }

    private static string[] LinkedWith(string[] arguments) =>
        arguments.Contains(StaticRuntime) ? ["-pthread"] : [SharedRuntime, "-Wl,-rpath," + RuntimeFolder.Value, "-pthread"];

    private static string Source(string name) => Path.Combine(Root, "tests", "Programs", "Native", name);

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string BuildRuntime()
    {
        string folder = Path.Combine(Root, "artifacts", "native");
        Run("make", ["-s", "-C", Path.Combine(Root, "native"), "OUT=" + folder]);
        return folder;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Edgewise.slnx")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        }

        return folder;
    }
}
