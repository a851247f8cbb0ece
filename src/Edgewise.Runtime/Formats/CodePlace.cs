using System.Globalization;

namespace Edgewise.Runtime.Formats;

/// <summary>A place in the code of a module, as the text files of 2016 write it.</summary>
/// <param name="Module">Path of the module.</param>
/// <param name="Offset">The PC: for IL an RVA in the original image.</param>
public readonly record struct CodePlace(string Module, ulong Offset)
{
    /// <summary>What stands for a place in no known module, or a point that was never reached.</summary>
    public static CodePlace Unknown { get; } = new("<unknown>", 0);

    /// <summary>The line <c>module 0xoffset</c>, without its end.</summary>
    /// <param name="stripPathPrefix">Everything up to and with the first occurrence of this is left out of the path; nothing where it is empty.</param>
    public string Line(string stripPathPrefix = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{OneLine(StrippedPath.Of(Module, stripPathPrefix))} 0x{Offset:x}");

    // A path may hold any character but zero; a line may not.
    private static string OneLine(string path) => string.Concat(path.Select(character => char.IsControl(character) ? '?' : character));
}
