namespace Edgewise.Tests.Fuzzing.Afl;

/// <summary>The fuzz targets that the build puts beside this program.</summary>
internal static class FuzzedProgram
{
    /// <summary>Full path of the assembly.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // artifacts/bin/<project>/<configuration>/
        string own = System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(own, "..", "..", "Fuzzed", System.IO.Path.GetFileName(own), "Fuzzed.dll"));
    }
}
