using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>A feature list as it was given.</summary>
/// <param name="Features">The features.</param>
/// <param name="Notes">What the user should know of the names used.</param>
internal sealed record FeatureChoice(CoverageFeatures Features, IReadOnlyList<string> Notes);
