namespace Edgewise.Instrumentation.Image;

/// <summary>Ids of what is refused in metadata and symbols; each is explained in <c>docs/diagnostics.md</c>.</summary>
internal static class MetadataDiagnostics
{
    /// <summary>The metadata is damaged: an offset, size, row or value lies outside of what holds it. The message names the place.</summary>
    public const string Damaged = "EW1110";

    /// <summary>The tables are in the stream <c>#-</c>, the form of edit-and-continue sessions and some obfuscators, whose lists are not in order. Build the assembly anew without it.</summary>
    public const string Uncompressed = "EW1111";

    /// <summary>The image has a pointer table (FieldPtr, MethodPtr, ParamPtr, EventPtr, PropertyPtr): its rows are reached by indirection, which no compiler's release output uses.</summary>
    public const string PointerTable = "EW1112";

    /// <summary>The image is an edit-and-continue delta, or holds its log (EncLog, EncMap). Instrument the assembly as the compiler wrote it.</summary>
    public const string EditAndContinue = "EW1113";

    /// <summary>The debug directory, an embedded PDB or a PDB beside the image is damaged. The message names the place.</summary>
    public const string DamagedSymbols = "EW1114";
}
