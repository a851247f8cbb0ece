using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Hosting.Images;

/// <summary>An instrumented module that stands in the image cache.</summary>
/// <param name="ImagePath">The image; its name says nothing of the module's.</param>
/// <param name="PdbPath">The PDB that belongs beside it, or null.</param>
/// <param name="Points">Its point set.</param>
/// <param name="MethodCount">Methods with a body in the original.</param>
/// <param name="IgnoredCount">Methods that the lists kept out.</param>
/// <param name="LeftOut">Methods that could not be instrumented.</param>
/// <param name="Warnings">What a user should know, one sentence each.</param>
/// <param name="WasCached">True where the image was there already.</param>
public sealed record InstrumentedModule(
    string ImagePath,
    string? PdbPath,
    PointSet Points,
    int MethodCount,
    int IgnoredCount,
    IReadOnlyList<MethodLeftOut> LeftOut,
    IReadOnlyList<string> Warnings,
    bool WasCached);
