using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation;

/// <summary>Instruments modules: IL in, instrumented IL out.</summary>
public static class Instrumenter
{
    /// <summary>Instruments one module.</summary>
    /// <param name="image">The original image; not changed.</param>
    /// <param name="pdb">The portable PDB beside it, or null.</param>
    /// <param name="moduleName">File name with extension.</param>
    /// <param name="options">What to insert.</param>
    /// <exception cref="InstrumentationException">The module as a whole cannot be instrumented.</exception>
    public static InstrumentationResult Instrument(
        byte[] image, byte[]? pdb, string moduleName, InstrumentationOptions options)
    {
        using AssemblyFolders folders = new(options.ReferenceFolders);
        return new ModuleInstrumenter(image, pdb, moduleName, options, references: new ReferencedTypes(folders.Open)).Run();
    }
}
