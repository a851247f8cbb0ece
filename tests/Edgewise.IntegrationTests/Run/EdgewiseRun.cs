namespace Edgewise.IntegrationTests.Run;

/// <summary>Starts <c>edgewise run</c> and <c>edgewise instrument</c> as a user does, with an image cache that all tests share.</summary>
public sealed class EdgewiseRun : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("edgewise-cache-").FullName;

    /// <summary>Folder of the cache.</summary>
    public string Cache => _cache;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_cache, recursive: true);

    /// <summary>Starts <c>edgewise run</c>.</summary>
    /// <param name="folder">Coverage folder.</param>
    /// <param name="program">The program.</param>
    /// <param name="options">Options of the command.</param>
    /// <param name="arguments">Arguments of the program.</param>
    /// <param name="workingFolder">Working directory, or null for this process's.</param>
    internal ChildProcess Start(CoverageFolder folder, string program, string[] options, string[] arguments, string? workingFolder = null) =>
        ChildProcess.Start(
            [TestPrograms.Edgewise, "run", .. options, "--coverage-dir", folder.Path, program, "--", .. arguments],
            workingFolder,
            ("EDGEWISE_CACHE", _cache));

    /// <summary>Instruments a program into a folder that has everything it needs, and gives the path of the program there.</summary>
    internal static string Instrument(string program, string folder)
    {
        // With counters that never read zero after a hit, as 'run' has them: a recursion's depth may be a multiple of 256.
        using ChildProcess process = ChildProcess.Start(
            [TestPrograms.Edgewise, "instrument", program, "-o", folder, "--features", "inline-8bit-counters,never-zero,pc-table"]);
        Assert.Equal(0, process.WaitForEnd());
        foreach (string suffix in (string[])[".runtimeconfig.json", ".deps.json"])
        {
            string name = Path.GetFileNameWithoutExtension(program) + suffix;
            File.Copy(Path.Combine(Path.GetDirectoryName(program)!, name), Path.Combine(folder, name));
        }

        return Path.Combine(folder, Path.GetFileName(program));
    }
}
