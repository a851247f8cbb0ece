using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Instrument;

/// <summary>What <c>edgewise instrument</c> writes depends on its input and options alone: each test changes what a machine or a caller could change, and compares every byte.</summary>
public sealed class DeterminismTests : IDisposable
{
    /// <summary>With a portable PDB beside it, with none, and with an embedded one.</summary>
    private static readonly string[] Inputs =
    [
        TestPrograms.Workloads, Path.Combine(Path.GetDirectoryName(TestPrograms.Workloads)!, "Markdig.dll"), Path.Combine(AppContext.BaseDirectory, "Spectre.Console.dll"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-determinism-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("inline-8bit-counters,pc-table", "exact")]
    [InlineData("trace-pc-guard,inline-bool-flag", "llvm")]
    [InlineData("inline-8bit-counters,pc-table,trace-cmp", "exact")]
    public void The_same_bytes_come_out_whatever_the_surroundings(string features, string prune)
    {
        string[] options = ["--features", features, "--prune", prune];
        Dictionary<string, byte[]> expected = Instrument("plain", Inputs, options, null, ("TZ", "UTC"), ("LANG", "C"), ("DOTNET_PROCESSOR_COUNT", "1"));

        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "ein anderer Ordner")).FullName;
        string copies = Directory.CreateDirectory(Path.Combine(_folder, "kopiert")).FullName;
        foreach (string file in Inputs.Concat(Inputs.Select(input => Path.ChangeExtension(input, ".pdb"))).Where(File.Exists))
        {
            File.Copy(file, Path.Combine(copies, Path.GetFileName(file)));
            File.SetLastWriteTimeUtc(Path.Combine(copies, Path.GetFileName(file)), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        Dictionary<string, byte[]> found = Instrument(
            "somewhere/else entirely",
            [.. Inputs.Reverse().Select(input => Path.Combine("..", "kopiert", Path.GetFileName(input)))],
            options,
            elsewhere,
            ("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("DOTNET_PROCESSOR_COUNT", "2"), ("DOTNET_TieredCompilation", "0"));

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Workloads.pdb", expected.Keys);
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(found[file.Key]), $"{file.Key} differs"));
    }

    private Dictionary<string, byte[]> Instrument(
        string output, string[] inputs, string[] options, string? workingFolder, params (string Name, string Value)[] variables)
    {
        string folder = Path.Combine(_folder, output);
        using ChildProcess process = ChildProcess.Start(
            [TestPrograms.Edgewise, "instrument", .. inputs, "-o", folder, .. options], workingFolder, variables);
        int exitCode = process.WaitForEnd();
        Assert.True(exitCode == 0, process.Error);
        return Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);
    }
}
