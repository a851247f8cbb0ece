using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>Finds the redirected members behind the tokens of a module. Each token is read once.</summary>
internal sealed class UsedMembers
{
    private const int MethodDefTable = 0x06;
    private const int MemberRefTable = 0x0A;
    private const int MethodSpecTable = 0x2B;
    private const int MethodListColumn = 5;
    private const byte ClassElement = 0x12;
    private const byte GenericFlag = 0x10;
    private const byte HasThisFlag = 0x20;
    private const byte CallKindMask = 0x0F;
    private const byte LastKind = 0x04;

    private readonly MetadataImage _metadata;
    private readonly RedirectionTable _table;
    private readonly SignatureNames _names;
    private readonly Dictionary<int, UsedMember?> _known = [];
    private readonly bool _ownTypesAreNamed;
    private readonly int _types;

    /// <summary>Makes a finder.</summary>
    public UsedMembers(MetadataImage metadata, RedirectionTable table)
    {
        _metadata = metadata;
        _table = table;
        _names = new SignatureNames(metadata);
        _ownTypesAreNamed = _names.OwnPrefix.Length == 0 || table.Rows.Any(row => row.Member.StartsWith(_names.OwnPrefix, StringComparison.Ordinal));
        _types = metadata.Table(TableIndex.TypeDef).OriginalRowCount;
    }

    /// <summary>The redirected member behind a token, or null.</summary>
    public UsedMember? Find(int token)
    {
        if (!_known.TryGetValue(token, out UsedMember? member))
        {
            try
            {
                member = Read(token);
            }
            catch (InstrumentationException)
            {
                // Damaged: whoever runs the call is told by the JIT.
                member = null;
            }

            _known.Add(token, member);
        }

        return member;
    }

    private UsedMember? Read(int token)
    {
        byte[][] arguments = [];
        int row = token & 0xFFFFFF;
        int table = token >>> 24;
        if (table == MethodSpecTable)
        {
            uint method = _metadata.GetCell(TableIndex.MethodSpec, row, 0);
            arguments = TypeSignature.Split(_metadata.GetBlob(_metadata.GetCell(TableIndex.MethodSpec, row, 1))[1..]);
            row = (int)(method >> 1);
            table = (method & 1) == 0 ? MethodDefTable : MemberRefTable;
        }

        return table switch
        {
            MemberRefTable => ReadReference(row, arguments),
            MethodDefTable when _ownTypesAreNamed => ReadDefinition(row, arguments),
            _ => null,
        };
    }

    private UsedMember? ReadReference(int row, byte[][] arguments)
    {
        uint parent = _metadata.GetCell(TableIndex.MemberRef, row, 0);
        int parentRow = (int)(parent >> 3);
        byte[] receiver = (parent & 7) switch
        {
            0 => Bare((uint)parentRow << 2),
            1 => TypeSignature.Reference(parentRow),
            4 => _metadata.GetBlob(_metadata.GetCell(TableIndex.TypeSpec, parentRow, 0)).ToArray(),
            _ => [],
        };
        uint definition = receiver.Length == 0 ? uint.MaxValue : DefinitionOf(receiver);
        return definition == uint.MaxValue ? null : Match(
            definition, receiver, _metadata.GetString(_metadata.GetCell(TableIndex.MemberRef, row, 1)),
            _metadata.GetBlob(_metadata.GetCell(TableIndex.MemberRef, row, 2)), arguments);
    }

    private UsedMember? ReadDefinition(int row, byte[][] arguments)
    {
        int low = 1;
        int high = _types;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _metadata.GetCell(TableIndex.TypeDef, middle, MethodListColumn) <= row ? (middle, high) : (low, middle - 1);
        }

        uint definition = (uint)low << 2;
        return Match(
            definition, Bare(definition), _metadata.GetString(_metadata.GetCell(TableIndex.MethodDef, row, 3)),
            _metadata.GetBlob(_metadata.GetCell(TableIndex.MethodDef, row, 4)), arguments);
    }

    private static byte[] Bare(uint definition)
    {
        ByteBuffer type = new();
        type.WriteByte(ClassElement);
        type.WriteCompressedUInt32(definition);
        return type.ToArray();
    }

    // TypeDefOrRef index of a class, a structure or an instantiation of one; else the largest number.
    private static uint DefinitionOf(ReadOnlySpan<byte> receiver)
    {
        ByteCursor cursor = new(receiver, MetadataDiagnostics.Damaged, "type of a member");
        byte code = cursor.UInt8();
        code = code == 0x15 ? cursor.UInt8() : code;
        return code is 0x11 or ClassElement ? cursor.CompressedUInt32() : uint.MaxValue;
    }

    private UsedMember? Match(uint definition, byte[] receiver, string name, ReadOnlySpan<byte> signature, byte[][] arguments)
    {
        string type = _names.OfDefinition(definition);
        if (!_table.Names(type))
        {
            return null;
        }

        ByteCursor cursor = new(signature, MetadataDiagnostics.Damaged, $"signature of {type}::{name}");
        byte header = cursor.UInt8();
        if ((header & CallKindMask) > LastKind)
        {
            return null;
        }

        int arity = (header & GenericFlag) != 0 ? (int)cursor.CompressedUInt32() : 0;
        uint count = cursor.CompressedUInt32();
        string? result = _names.Next(ref cursor);
        List<string> parameters = [];
        for (; count > 0; count--)
        {
            if (_names.Next(ref cursor) is not { } parameter)
            {
                return null;
            }

            parameters.Add(parameter);
        }

        string member = $"{type}::{name}({string.Join(", ", parameters)})";
        _table.TryReplace(MemberNames.Key(member, arity, result ?? string.Empty), out Redirection? replacement);
        _table.TryAnnounce(member, out Redirection? announcement);
        return replacement is null && announcement is null ? null : new UsedMember(
            member, replacement, announcement, (header & HasThisFlag) != 0, name == ".ctor", receiver, signature.ToArray(), arguments);
    }
}
