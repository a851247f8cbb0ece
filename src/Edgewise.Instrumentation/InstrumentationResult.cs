using Edgewise.Instrumentation.Redirections;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>An instrumented module.</summary>
/// <param name="Image">The new image.</param>
/// <param name="Pdb">The new portable PDB where one was given beside; null where there was none, or it is embedded in the image.</param>
/// <param name="Points">The point set, which the image holds too.</param>
/// <param name="MethodCount">Methods with a body in the original.</param>
/// <param name="IgnoredCount">Methods that the allow and ignore lists kept out.</param>
/// <param name="LeftOut">Methods that could not be instrumented.</param>
/// <param name="Warnings">What a user should know, one sentence each (a PDB of another build that was not used, for example).</param>
/// <param name="CallsRuntime">True: the image refers to <c>Edgewise.Runtime</c>, which must be found where it runs.</param>
/// <param name="Sites">What became of the instructions that data-flow features look at, by feature.</param>
/// <param name="Redirects">What became of uses of redirected members; null where none are redirected.</param>
public sealed record InstrumentationResult(
    byte[] Image,
    byte[]? Pdb,
    PointSet Points,
    int MethodCount,
    int IgnoredCount,
    IReadOnlyList<MethodLeftOut> LeftOut,
    IReadOnlyList<string> Warnings,
    bool CallsRuntime,
    IReadOnlyList<FeatureSites> Sites,
    RedirectedSites? Redirects);
