using Edgewise.Symbols.Dwarf;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Names addresses of native binaries: with one process for all of them, and with the symbol table where no program can.</summary>
public static class AddressNames
{
    /// <summary>Names addresses.</summary>
    /// <param name="lists">Addresses by binary.</param>
    /// <param name="options">Which program to ask, and for which names.</param>
    /// <param name="warnings">Receives what a user should know of what is missing, one sentence each.</param>
    /// <returns>By binary, by address: the frames, the innermost first; at least one.</returns>
    /// <exception cref="SymbolsException">The program that was asked for is not there.</exception>
    public static Frame[][][] Find(IReadOnlyList<AddressList> lists, SymbolizerOptions options, ICollection<string> warnings)
    {
        string? program = options.Program == SymbolizerOptions.None ? null : SymbolizerProgram.Find(options.Program);
        Frame[][][] found = [.. lists.Select(static list => new Frame[list.Addresses.Length][])];
        if (program is null)
        {
            warnings.Add("names are from the symbol table alone: no lines, no inlined functions, and names of C++ and Rust as the linker sees them"
                + (options.Program is null ? "; llvm-symbolizer and addr2line are not on PATH" : ""));
        }
        else if (SymbolizerProgram.IsAddr2Line(program))
        {
            warnings.Add($"{program}: tells no columns, and not where a function is declared: the first of its lines with a point stands for it");
            new Addr2Line(program, options, warnings).Fill(lists, found);
        }
        else
        {
            new LlvmSymbolizer(program, options, warnings).Fill(lists, found);
        }

        for (int i = 0; i < lists.Count; i++)
        {
            if (program is not null)
            {
                WarnOfSplitUnits(lists[i].File, warnings);
            }

            Complete(lists[i], found[i]);
        }

        return found;
    }

    private static void WarnOfSplitUnits(ElfFile file, ICollection<string> warnings)
    {
        string[] missing = File.Exists(file.Path + ".dwp") ? [] : [.. SplitUnits.Of(file).Where(static path => !File.Exists(path))];
        if (missing.Length > 0)
        {
            string lost = missing.Length == 1 ? $"a file of its debug information is missing, {missing[0]}" : $"{missing.Length} files of its debug information are missing, the first is {missing[0]}";
            warnings.Add($"{file.Path}: {lost}: what was inlined there is not told. {Path.GetFileName(file.Path)}.dwp beside it will do, too");
        }
    }

    private static void Complete(AddressList list, Frame[][] found)
    {
        SymbolNames? symbols = null;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is { Length: > 0 } frames && frames[^1].Function.Length > 0)
            {
                continue;
            }

            symbols ??= new SymbolNames(list.File);
            string name = symbols.NameOf(list.Addresses[i]);
            found[i] = found[i] is { Length: > 0 } known ? [.. known[..^1], known[^1] with { Function = name }] : [new Frame(name, null, null)];
        }
    }
}
