using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>Names the types of a module's signatures as <see cref="MemberNames"/> does (ECMA-335 II.23.2.12).</summary>
internal sealed class SignatureNames
{
    private const int NameColumn = 1;
    private const int NamespaceColumn = 2;
    private const int AssemblyReferenceName = 6;
    private const int AssemblyName = 7;
    private const int Deepest = 64;

    // Element types 1 to 0x1C that are a name alone.
    private static readonly Dictionary<byte, string> Simple = new()
    {
        [0x01] = "System.Void",
        [0x02] = "System.Boolean",
        [0x03] = "System.Char",
        [0x04] = "System.SByte",
        [0x05] = "System.Byte",
        [0x06] = "System.Int16",
        [0x07] = "System.UInt16",
        [0x08] = "System.Int32",
        [0x09] = "System.UInt32",
        [0x0A] = "System.Int64",
        [0x0B] = "System.UInt64",
        [0x0C] = "System.Single",
        [0x0D] = "System.Double",
        [0x0E] = "System.String",
        [0x16] = "System.TypedReference",
        [0x18] = "System.IntPtr",
        [0x19] = "System.UIntPtr",
        [0x1C] = "System.Object",
    };

    private static readonly Dictionary<string, byte> Elements = Simple.ToDictionary(pair => pair.Value, pair => pair.Key);

    private readonly MetadataImage _metadata;
    private readonly Dictionary<uint, string> _names = [];

    /// <summary>Reads what the module itself is called.</summary>
    public SignatureNames(MetadataImage metadata)
    {
        _metadata = metadata;
        string own = metadata.GetString(metadata.GetCell(TableIndex.Assembly, 1, AssemblyName));
        OwnPrefix = MemberNames.IsFramework(own) ? string.Empty : $"[{own}]";
    }

    /// <summary>What stands in front of the names of the module's own types.</summary>
    public string OwnPrefix { get; }

    /// <summary>The element type that a type must be written as where it has one of its own, or 0.</summary>
    public static byte ElementOf(string type) => Elements.GetValueOrDefault(type);

    /// <summary>Name of a TypeDef or TypeRef.</summary>
    /// <param name="coded">A TypeDefOrRef index, ECMA-335 II.24.2.6.</param>
    /// <exception cref="InstrumentationException">There is no such row, or types are nested in a circle.</exception>
    public string OfDefinition(uint coded)
    {
        if (!_names.TryGetValue(coded, out string? name))
        {
            name = Read(coded, Deepest);
            _names.Add(coded, name);
        }

        return name;
    }

    /// <summary>The next type of a signature.</summary>
    /// <returns>Null for function pointers, which no redirected member has.</returns>
    /// <exception cref="InstrumentationException">The signature is damaged.</exception>
    public string? Next(ref ByteCursor cursor) => Next(ref cursor, Deepest);

    private string? Next(ref ByteCursor cursor, int depth)
    {
        if (depth == 0)
        {
            throw new InstrumentationException(MetadataDiagnostics.Damaged, "a signature is too deep");
        }

        byte code = cursor.UInt8();
        if (Simple.TryGetValue(code, out string? simple))
        {
            return simple;
        }

        switch (code)
        {
            case 0x0F:
                return Suffixed(ref cursor, "*", depth);
            case 0x10:
                return Suffixed(ref cursor, "&", depth);
            case 0x1D:
                return Suffixed(ref cursor, "[]", depth);
            case 0x11 or 0x12:
                return OfDefinition(cursor.CompressedUInt32());
            case 0x13:
                return $"!{cursor.CompressedUInt32()}";
            case 0x1E:
                return $"!!{cursor.CompressedUInt32()}";
            case 0x1F or 0x20:
                cursor.CompressedUInt32();
                return Next(ref cursor, depth - 1);
            case 0x14:
                return Array(ref cursor, depth);
            case 0x15:
                return Instantiation(ref cursor, depth);
            default:
                return null;
        }
    }

    private string? Suffixed(ref ByteCursor cursor, string suffix, int depth) => Next(ref cursor, depth - 1) is { } element ? element + suffix : null;

    private string? Array(ref ByteCursor cursor, int depth)
    {
        string? element = Next(ref cursor, depth - 1);
        uint rank = cursor.CompressedUInt32();
        for (int lists = 0; lists < 2; lists++)
        {
            for (uint count = cursor.CompressedUInt32(); count > 0; count--)
            {
                cursor.CompressedUInt32();
            }
        }

        return element is null ? null : $"{element}[{string.Empty.PadLeft((int)Math.Min(rank, byte.MaxValue) - 1, ',')}]";
    }

    private string? Instantiation(ref ByteCursor cursor, int depth)
    {
        cursor.UInt8();
        string definition = OfDefinition(cursor.CompressedUInt32());
        uint count = cursor.CompressedUInt32();
        List<string> arguments = [];
        for (; count > 0; count--)
        {
            if (Next(ref cursor, depth - 1) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        return $"{definition}<{string.Join(", ", arguments)}>";
    }

    private string Read(uint coded, int depth)
    {
        int row = (int)(coded >> 2);
        bool isReference = (coded & 3) == 1;
        if (depth == 0 || (coded & 3) > 1)
        {
            throw new InstrumentationException(MetadataDiagnostics.Damaged, "a signature names a type that is neither defined nor referred to, or is nested in itself");
        }

        TableIndex table = isReference ? TableIndex.TypeRef : TableIndex.TypeDef;
        string name = _metadata.GetString(_metadata.GetCell(table, row, NameColumn));
        string space = _metadata.GetString(_metadata.GetCell(table, row, NamespaceColumn));
        string full = space.Length == 0 ? name : $"{space}.{name}";
        if (!isReference)
        {
            return EnclosingOf(row) is var enclosing and > 0 ? $"{Read((uint)enclosing << 2, depth - 1)}+{full}" : OwnPrefix + full;
        }

        uint scope = _metadata.GetCell(TableIndex.TypeRef, row, 0);
        return (scope & 3) switch
        {
            2 => Prefix(_metadata.GetString(_metadata.GetCell(TableIndex.AssemblyRef, (int)(scope >> 2), AssemblyReferenceName))) + full,
            3 => $"{Read((scope & ~3u) | 1, depth - 1)}+{full}",
            _ => OwnPrefix + full,
        };
    }

    private static string Prefix(string assembly) => MemberNames.IsFramework(assembly) ? string.Empty : $"[{assembly}]";

    // The table is sorted by the nested class, but nobody holds writers to that.
    private int EnclosingOf(int row)
    {
        for (int pair = 1; pair <= _metadata.RowCount(TableIndex.NestedClass); pair++)
        {
            if (_metadata.GetCell(TableIndex.NestedClass, pair, 0) == row)
            {
                return (int)_metadata.GetCell(TableIndex.NestedClass, pair, 1);
            }
        }

        return 0;
    }
}
