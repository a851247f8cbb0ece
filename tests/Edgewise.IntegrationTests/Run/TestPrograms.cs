namespace Edgewise.IntegrationTests.Run;

/// <summary>The programs that the test build puts beside this one.</summary>
internal static class TestPrograms
{
    /// <summary>Ends in many ways, and shows its surroundings.</summary>
    public static string Ends => PathOf("Ends");

    /// <summary>A web application.</summary>
    public static string Echo => PathOf("Echo");

    /// <summary>Works with real libraries, which it loads as it needs them.</summary>
    public static string Workloads => PathOf("Workloads");

    /// <summary>Asks for its own coverage, in many ways.</summary>
    public static string SelfObserver => PathOf("SelfObserver");

    /// <summary>Goes through its code until it is killed.</summary>
    public static string Deaths => PathOf("Deaths");

    /// <summary>Fuzz targets that end in every way.</summary>
    public static string Fuzzed => PathOf("Fuzzed");

    /// <summary>A worker of the engines of exploration.</summary>
    public static string Explored => PathOf("Explored");

    /// <summary>Simulations that misbehave, and one that does not.</summary>
    public static string BadSimulations => PathOf("BadSimulations");

    /// <summary>The example simulations.</summary>
    public static string Simulations => PathOf("Simulations");

    /// <summary>The example fuzz targets.</summary>
    public static string FuzzTargets => PathOf("FuzzTargets");

    /// <summary>The example program that makes HTML of Markdown.</summary>
    public static string Markdown => PathOf("Markdown");

    /// <summary>The worked example of clang's documentation.</summary>
    public static string GuardsExample => PathOf("GuardsExample");

    /// <summary>An xunit.v3 test executable: the fast tests of this very solution.</summary>
    public static string FastTests => PathOf("Edgewise.Tests");

    /// <summary>The command under test, as it was built.</summary>
    public static string Edgewise { get; } = Path.Combine(AppContext.BaseDirectory, "edgewise.dll");

    private static string PathOf(string name)
    {
        // artifacts/bin/<project>/<configuration>/
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(own);
        return Path.GetFullPath(Path.Combine(own, "..", "..", name, configuration, name + ".dll"));
    }
}
