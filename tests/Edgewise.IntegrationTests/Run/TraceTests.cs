using System.Runtime.InteropServices;
using System.Text.Json;

namespace Edgewise.IntegrationTests.Run;

/// <summary><c>edgewise run --trace</c>: what threads do, as kcov's readers read it.</summary>
public sealed class TraceTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    [Fact]
    public void A_program_leaves_the_trace_of_its_threads()
    {
        using var folder = new CoverageFolder();
        (int exitCode, string errors) = Run(folder, ["--trace", "pc"]);

        Assert.True(exitCode == 0, errors);
        JsonElement thread = Thread(folder, out ulong[] buffer, mode: 0);
        ulong count = buffer[0];
        Assert.InRange(count, 100UL, 1UL << 20);
        JsonElement points = thread.GetProperty("points");
        Assert.Equal((long)count, points.GetProperty("recorded").GetInt64());
        Assert.Equal(points.GetProperty("events").GetInt64(), (long)count + points.GetProperty("lost").GetInt64());
        Assert.All(buffer[1..((int)count + 1)], pc => Assert.True(pc >> 32 != 0));
    }

    [Fact]
    public void Unique_points_and_edges_of_a_program_are_each_there_once()
    {
        using var folder = new CoverageFolder();
        (int exitCode, string errors) = Run(folder, ["--trace", "uniq-pc,uniq-edge", "--words", "65536"]);

        Assert.True(exitCode == 0, errors);
        JsonElement thread = Thread(folder, out ulong[] buffer, mode: 6);
        int points = (int)buffer[0], edges = (int)buffer[65536];
        Assert.InRange(points, 20, 65535);
        Assert.Equal(points, buffer[1..(points + 1)].Distinct().Count());
        Assert.Equal(edges, buffer[65537..(65537 + edges)].Distinct().Count());
        Assert.Equal(0, thread.GetProperty("edges").GetProperty("lostUnique").GetInt64());
    }

    [Fact]
    public void A_buffer_that_is_too_small_is_told()
    {
        using var folder = new CoverageFolder();
        (int exitCode, string errors) = Run(folder, ["--trace", "0", "--words", "16"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("found no room in 16 words", errors, StringComparison.Ordinal);
        JsonElement points = Thread(folder, out ulong[] buffer, mode: 0).GetProperty("points");
        Assert.Equal(15UL, buffer[0]);
        Assert.Equal(points.GetProperty("events").GetInt64(), 15 + points.GetProperty("lost").GetInt64());
    }

    [Theory]
    [InlineData("--trace: 'uniq' is not known", "--trace", "uniq")]
    [InlineData("--trace: '3' is not known", "--trace", "3")]
    [InlineData("--words: 1 is not a number from 2", "--trace", "pc", "--words", "1")]
    public void What_cannot_be_traced_is_an_error(string message, params string[] options)
    {
        using var folder = new CoverageFolder();
        (int exitCode, string errors) = Run(folder, options);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private (int ExitCode, string Errors) Run(CoverageFolder folder, string[] options)
    {
        using ChildProcess run = edgewise.Start(folder, TestPrograms.Workloads, options, ["minijson"]);
        return (run.WaitForEnd(), run.Error);
    }

    private static JsonElement Thread(CoverageFolder folder, out ulong[] buffer, int mode)
    {
        string index = Assert.Single(Directory.GetFiles(folder.Path, "kcov.*.json"));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
        Assert.Equal(mode, document.RootElement.GetProperty("mode").GetInt32());
        Assert.NotEmpty(document.RootElement.GetProperty("modules").EnumerateArray());
        JsonElement thread = document.RootElement.GetProperty("threads").EnumerateArray().First().Clone();
        byte[] content = File.ReadAllBytes(Path.Combine(folder.Path, thread.GetProperty("file").GetString()!));
        buffer = MemoryMarshal.Cast<byte, ulong>(content).ToArray();
        return thread;
    }
}
