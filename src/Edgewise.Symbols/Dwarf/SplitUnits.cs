using System.Text;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Dwarf;

/// <summary>
/// Finds the units of a binary whose debug information stands in files of their own, <c>.dwo</c>, after <c>-gsplit-dwarf</c>: a symboliser that does not find such a file says
/// nothing, and leaves out what was inlined.
/// </summary>
/// <remarks>DWARF 5, 7.5.1.1 (skeleton units) and 3.1.2; for DWARF 4, GNU's extension <c>DW_AT_GNU_dwo_name</c>. Compressed sections are opened where that is zlib.</remarks>
internal static class SplitUnits
{
    private const int DwoName = 0x76, GnuDwoName = 0x2130, CompilationFolder = 0x1B, StringOffsetsBase = 0x72;
    private const int SkeletonUnit = 4;

    /// <summary>The paths of the files, as the binary names them; empty where nothing is split, or the debug information is damaged.</summary>
    public static IReadOnlyList<string> Of(ElfFile file)
    {
        if (file.SectionNamed(".debug_addr") is null && file.SectionNamed(".zdebug_addr") is null)
        {
            return [];
        }

        try
        {
            return Read(new DebugSections(file));
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or EndOfStreamException or SymbolsException)
        {
            // The symboliser has its own words for debug information that is damaged.
            return [];
        }
    }

    private static List<string> Read(DebugSections sections)
    {
        List<string> paths = [];
        DwarfCursor units = new(sections.Get(".debug_info"));
        while (!units.IsAtEnd)
        {
            DwarfCursor unit = units.Unit(out bool is64);
            int version = unit.UInt16();
            int kind = version >= 5 ? unit.Byte() : SkeletonUnit;
            if (version is < 4 or > 5 || kind != SkeletonUnit)
            {
                continue;
            }

            int addressSize = version >= 5 ? unit.Byte() : 0;
            ulong abbreviations = unit.Offset(is64);
            addressSize = version >= 5 ? addressSize : unit.Byte();
            if (version >= 5)
            {
                unit.Skip(sizeof(ulong));
            }

            ulong code = unit.Uleb();
            if (code != 0 && NameOf(sections, unit, Abbreviation(sections, abbreviations, code), is64, addressSize) is { } path)
            {
                paths.Add(path);
            }
        }

        return paths;
    }

    private static List<(int Attribute, int Form, long Constant)> Abbreviation(DebugSections sections, ulong offset, ulong wanted)
    {
        DwarfCursor table = new(sections.Get(".debug_abbrev"));
        table.Skip(offset);
        while (table.Uleb() is var code && code != 0)
        {
            table.Uleb();
            table.Byte();
            List<(int, int, long)> attributes = [];
            while (true)
            {
                int attribute = (int)table.Uleb(), form = (int)table.Uleb();
                long constant = form == DwarfCursor.ImplicitConstant ? table.Sleb() : 0;
                if (attribute == 0 && form == 0)
                {
                    break;
                }

                attributes.Add((attribute, form, constant));
            }

            if (code == wanted)
            {
                return attributes;
            }
        }

        return [];
    }

    private static string? NameOf(DebugSections sections, DwarfCursor unit, List<(int Attribute, int Form, long Constant)> attributes, bool is64, int addressSize)
    {
        DwarfText name = default, folder = default;
        ulong offsetsBase = 0;
        foreach ((int attribute, int form, _) in attributes)
        {
            if (attribute is DwoName or GnuDwoName)
            {
                name = unit.Text(form, is64);
            }
            else if (attribute == CompilationFolder)
            {
                folder = unit.Text(form, is64);
            }
            else if (attribute == StringOffsetsBase)
            {
                offsetsBase = unit.Offset(is64);
            }
            else
            {
                unit.SkipForm(form, is64, addressSize);
            }
        }

        return Resolve(sections, name, offsetsBase, is64) is { Length: > 0 } found ? Path.Combine(Resolve(sections, folder, offsetsBase, is64) ?? "", found) : null;
    }

    private static string? Resolve(DebugSections sections, DwarfText text, ulong offsetsBase, bool is64)
    {
        switch (text.Kind)
        {
            case DwarfTextKind.Inline:
                return Encoding.UTF8.GetString(text.Bytes.Span);
            case DwarfTextKind.Offset:
                return At(sections.Get(".debug_str"), text.Value);
            case DwarfTextKind.LineOffset:
                return At(sections.Get(".debug_line_str"), text.Value);
            case DwarfTextKind.Index:
                DwarfCursor offsets = new(sections.Get(".debug_str_offsets"));
                offsets.Skip(offsetsBase + (text.Value * (is64 ? 8u : 4u)));
                return At(sections.Get(".debug_str"), offsets.Offset(is64));
            default:
                return null;
        }
    }

    private static string At(ReadOnlyMemory<byte> strings, ulong offset)
    {
        DwarfCursor cursor = new(strings);
        cursor.Skip(offset);
        return Encoding.UTF8.GetString(cursor.UntilZero().Span);
    }
}
