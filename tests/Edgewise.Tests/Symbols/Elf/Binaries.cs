using Edgewise.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Elf;

/// <summary>Native binaries: those of <c>Data/elf</c>, of one source for three processors, and those that LLVM's <c>sancov</c> was run on.</summary>
internal static class Binaries
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "elf");

    /// <summary>A binary of <c>points.c</c>.</summary>
    public static string Of(string name) => Path.Combine(Folder, name);

    /// <summary>A file of the golden cases.</summary>
    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "sancov", "t1", name);

    public static ElfFile Read(string path) => ElfFile.Read(File.ReadAllBytes(path), path);
}
