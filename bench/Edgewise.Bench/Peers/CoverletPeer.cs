namespace Edgewise.Bench.Peers;

/// <summary>Instruments a module with coverlet's own code, out of the package coverlet.collector, as its data collector does.</summary>
/// <remarks>
/// Its <c>Coverage</c> class rewrites a module in place. What is measured is its probe alone (an <c>Interlocked.Increment</c> a sequence point and
/// branch): no data collector runs beside.
/// </remarks>
internal static class CoverletPeer
{
    /// <summary>The instrumented image, or null where coverlet is not there or did not do it; then one line says why.</summary>
    public static byte[]? Instrument(string modulePath, Action<string> report) => PeerRun.Instrument(
        "coverlet", "coverlet.collector", PeerRun.Find(RepositoryFiles.CoverletPackage, "coverlet.core.dll"), modulePath, report, Instrument);

    private static string Instrument(string folder, string module)
    {
        PeerLibrary library = new("coverlet", folder, "coverlet.core");
        library.Give(typeof(string), module);
        object parameters = library.Make("CoverageParameters");
        // The module that is named counts as the test's own, which coverlet leaves alone unless told otherwise.
        parameters.GetType().GetProperty("IncludeTestAssembly")!.SetValue(parameters, true);
        library.Give(parameters.GetType(), parameters);
        object coverage = library.Make("Coverage");
        coverage.GetType().GetMethod("PrepareModules")!.Invoke(coverage, null);
        return module;
    }
}
