namespace Edgewise.Symbols.Elf;

/// <summary>A row of a symbol table.</summary>
/// <param name="Name">Its name, without the version that linkers put behind <c>@</c>.</param>
/// <param name="Value">Virtual address; in an object file, the offset in the section.</param>
/// <param name="Size">Length in bytes, or 0 where that is unknown.</param>
/// <param name="Type">Its type, as in the file.</param>
/// <param name="Section">Number of the section that it stands in; 0 where another file defines it.</param>
/// <remarks>
/// A class, as what else binaries are made of here: code of .NET's collections for classes comes compiled, that for each struct is compiled when it runs first, which takes longer
/// than all of its work.
/// </remarks>
public sealed record ElfSymbol(string Name, ulong Value, ulong Size, int Type, int Section)
{
    private const int Function = 2, IndirectFunction = 10;

    /// <summary>True if this file defines it.</summary>
    public bool IsDefined => Section != 0;

    /// <summary>True if it names code.</summary>
    public bool IsFunction => Type is Function or IndirectFunction && IsDefined;
}
