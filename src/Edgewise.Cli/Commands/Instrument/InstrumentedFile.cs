using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands.Instrument;

/// <summary>What became of one input of <c>edgewise instrument</c>.</summary>
/// <param name="Input">The input.</param>
/// <param name="Result">The instrumented module.</param>
/// <param name="Milliseconds">Time it took, without reading and writing.</param>
internal sealed record InstrumentedFile(ModuleInput Input, InstrumentationResult Result, double Milliseconds)
{
    /// <summary>File name with extension.</summary>
    public string Name => Path.GetFileName(Input.Path);
}
