using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;

namespace Edgewise.Bench.Overhead;

/// <summary>One way to prepare a module for a race.</summary>
/// <param name="Name">Part of the measurement's name, for example <c>counters.llvm</c>.</param>
/// <param name="Options">What to insert; null: the original image.</param>
/// <param name="Pass">A probe of a peer's in place of the features'; null: none.</param>
/// <param name="Resets">True: counters are cleared after each run, as a fuzzer does, and that time counts.</param>
internal sealed record Variant(
    string Name, InstrumentationOptions? Options, Func<HolderRows, PointProbe>? Pass = null, bool Resets = false)
{
    /// <summary>The module as this variant has it.</summary>
    public byte[] Prepare(byte[] image, string moduleName) =>
        Options is null ? image : new ModuleInstrumenter(image, null, moduleName, Options, Pass).Run().Image;
}
