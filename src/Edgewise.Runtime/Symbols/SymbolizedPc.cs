using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;

namespace Edgewise.Runtime.Symbols;

/// <summary>What is known of a PC.</summary>
/// <param name="ModulePath">Path of the module, or its name where it has none.</param>
/// <param name="Offset">RVA in the original image.</param>
/// <param name="Method">Full name of the method; empty where the PC lies in none that has points.</param>
/// <param name="MethodOffset">Offset in the method's IL, original too.</param>
/// <param name="File">Source file, or empty.</param>
/// <param name="Line">Line in it, or zero.</param>
/// <param name="Column">Column in that, or zero.</param>
internal sealed record SymbolizedPc(string ModulePath, uint Offset, string Method, int MethodOffset, string File, int Line, int Column)
{
    /// <summary>Looks a process-wide PC up; null where it lies in no instrumented module that is loaded.</summary>
    public static SymbolizedPc? Find(ulong pc)
    {
        (int number, uint rva) = RawFile.Split(pc);
        foreach (CoverageModule module in number == 0 ? [] : CoverageModule.All())
        {
            if (module.Number == number)
            {
                return Describe(module, rva);
            }
        }

        return null;
    }

    private static SymbolizedPc Describe(CoverageModule module, uint rva)
    {
        string path = module.OriginalPath.Length != 0 ? module.OriginalPath : module.Path.Length != 0 ? module.Path : module.Name;
        if (MethodAt(module, rva) is not { } method)
        {
            return new SymbolizedPc(path, rva, "", 0, "", 0, 0);
        }

        int offset = (int)rva - method.Rva;
        string name = $"0x{method.Token:x8}";
        (string File, int Line, int Column) position = ("", 0, 0);
        try
        {
            using ModuleDebugInformation information = ModuleDebugInformation.Open(module);
            name = information.NameOf(method.Token) ?? name;
            position = information.PositionOf(method.Token, offset);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            // A damaged image or PDB tells less, and is no reason to fail: the answer is for a line of a log.
        }

        return new SymbolizedPc(path, rva, name, offset, position.File, position.Line, position.Column);
    }

    private static PointMethod? MethodAt(CoverageModule module, uint rva)
    {
        foreach (PointMethod method in module.PointSet?.Methods ?? [])
        {
            if (rva >= method.Rva && rva - method.Rva < method.CodeSize)
            {
                return method;
            }
        }

        return null;
    }
}
