using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

public sealed class SiteShareTests
{
    // The share of comparisons whose type must be known, in every package.
    private const double Goal = 0.99;

    [Fact]
    public void Nearly_all_comparisons_of_the_seven_packages_are_typed()
    {
        foreach (string package in RealAssemblies.Packages)
        {
            InstrumentationOptions options = new() { Features = CoverageFeatures.TraceCmp, ReferenceFolders = [RealAssemblies.WorkloadsFolder, RealAssemblies.FrameworkFolder] };

            InstrumentationResult result = Instrumenter.Instrument(File.ReadAllBytes(RealAssemblies.Package(package)), null, package, options);

            FeatureSites sites = result.Sites.Single(feature => feature.Feature == "trace-cmp");
            int skipped = sites.Skipped.Values.Sum();
            double typed = 1 - ((double)skipped / sites.Total);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{package,-36} {sites.Total,6} sites: {sites.Traced,6} traced, {sites.NotTraced,6} of other types, {sites.Redundant,5} redundant, {skipped,4} skipped; {typed:P2} typed");
            Assert.True(typed >= Goal && sites.Total > 1000, $"{package}: {typed:P2} of {sites.Total}; {string.Join(", ", sites.Skipped)}");
            Assert.True(result.Points.Sites.Length >= sites.Traced);
        }
    }
}
