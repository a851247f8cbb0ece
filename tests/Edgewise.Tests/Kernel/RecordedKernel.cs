using System.IO.Compression;
using Edgewise.Tests.Kernel.Conformance;

namespace Edgewise.Tests.Kernel;

/// <summary>
/// What a real kernel answered: that of the stored boot in <c>tests/Data/kernel</c>, or, where EDGEWISE_KERNEL_RESULTS names the folder of a new boot, that of this one. Tests say which of the two they used.
/// </summary>
internal static class RecordedKernel
{
    private static readonly string? Fresh = Environment.GetEnvironmentVariable("EDGEWISE_KERNEL_RESULTS") is { Length: > 0 } folder ? folder : null;

    private static readonly Lazy<RecordedAnswers> LazyAnswers = new(() => RecordedAnswers.Read(File.ReadAllText(PathOf("answers.txt")), "answers.txt"));

    private static readonly Lazy<(ulong[] Addresses, string[] Names)> Symbols = new(ReadSymbols);

    public static RecordedAnswers Answers => LazyAnswers.Value;

    /// <summary>The folder of the stored boot.</summary>
    public static string Stored { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "kernel");

    /// <summary>The vmlinux of the kernel that was booted now; null for the stored boot.</summary>
    public static string? Image => Fresh is null ? null : Environment.GetEnvironmentVariable("EDGEWISE_KERNEL_IMAGE");

    /// <summary>A file of the boot; what a new one did not bring is that of the stored one.</summary>
    public static string PathOf(string name) => Fresh is not null && File.Exists(Path.Combine(Fresh, name)) ? Path.Combine(Fresh, name) : Path.Combine(Stored, name);

    /// <summary>Writes into the test's output which kernel answered.</summary>
    public static void Tell() => TestContext.Current.TestOutputHelper?.WriteLine(
        Fresh is null ? $"answers of the stored boot in {Stored}" : $"answers of the kernel that was booted into {Fresh}");

    /// <summary>The function that an address of the stored kernel lies in.</summary>
    public static string FunctionAt(ulong address)
    {
        int index = Array.BinarySearch(Symbols.Value.Addresses, address);
        return Symbols.Value.Names[index >= 0 ? index : ~index - 1];
    }

    /// <summary>Runs a check against the recorded answers.</summary>
    public static T Replay<T>(string check, Func<KernelLab, T> action)
    {
        Tell();
        using ReplayedCalls calls = new(check, Answers.CallsOf(check) ?? throw new InvalidOperationException($"{check}: was not recorded"));
        T result = action(new KernelLab(calls, calls.Perform));
        Assert.True(calls.IsAtEnd, $"{check}: the kernel was asked more when it was recorded");
        return result;
    }

    private static (ulong[] Addresses, string[] Names) ReadSymbols()
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(Path.Combine(Stored, "symbols.gz")), CompressionMode.Decompress));
        string[][] rows = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        return ([.. rows.Select(row => Convert.ToUInt64(row[0], 16))], [.. rows.Select(row => row[1])]);
    }
}
