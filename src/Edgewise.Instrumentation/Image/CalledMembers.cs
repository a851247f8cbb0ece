using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Image;

/// <summary>Reads what calls name: MemberRefs and MethodSpecs on types of the framework. Each is read once.</summary>
/// <param name="metadata">The module's metadata.</param>
/// <param name="wanted">Full names of the types whose methods are asked for; those of others are not read.</param>
internal sealed class CalledMembers(MetadataImage metadata, IReadOnlySet<string> wanted)
{
    private const int MemberRefTable = 0x0A;
    private const int MethodSpecTable = 0x2B;
    private const uint ParentMask = 7;
    private const uint TypeRefParent = 1;
    private const uint TypeSpecParent = 4;
    private const byte Generic = 0x10;
    private const byte HasThis = 0x20;
    private const byte VariableArguments = 0x05;

    private readonly Dictionary<int, CalledMember?> _known = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>The method behind a token of a call, or null where it is none of a wanted type.</summary>
    public CalledMember? Find(int token)
    {
        if (token >>> 24 is not (MemberRefTable or MethodSpecTable))
        {
            return null;
        }

        if (!_known.TryGetValue(token, out CalledMember? member))
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

    /// <summary>Full name of a TypeRef of one of the framework's assemblies; empty for nested and other types.</summary>
    public string NameOf(int typeRefRow)
    {
        if (!_names.TryGetValue(typeRefRow, out string? name))
        {
            uint scope = metadata.GetCell(TableIndex.TypeRef, typeRefRow, 0);
            name = (scope & 3) == 2 && IsFramework(metadata.GetString(metadata.GetCell(TableIndex.AssemblyRef, (int)(scope >> 2), 6)))
                ? $"{metadata.GetString(metadata.GetCell(TableIndex.TypeRef, typeRefRow, 2))}.{metadata.GetString(metadata.GetCell(TableIndex.TypeRef, typeRefRow, 1))}"
                : string.Empty;
            _names.Add(typeRefRow, name);
        }

        return name;
    }

    private static bool IsFramework(string assembly) => assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "System" or "mscorlib" or "netstandard";

    private CalledMember? Read(int token)
    {
        ReadOnlySpan<byte> methodArguments = default;
        int row = token & 0xFFFFFF;
        if (token >>> 24 == MethodSpecTable)
        {
            uint method = metadata.GetCell(TableIndex.MethodSpec, row, 0);
            if ((method & 1) == 0)
            {
                return null;
            }

            methodArguments = metadata.GetBlob(metadata.GetCell(TableIndex.MethodSpec, row, 1))[1..];
            row = (int)(method >> 1);
        }

        uint parent = metadata.GetCell(TableIndex.MemberRef, row, 0);
        int parentRow = (int)(parent >> 3);
        ReadOnlySpan<byte> receiver = (parent & ParentMask) switch
        {
            TypeRefParent => TypeSignature.Reference(parentRow),
            TypeSpecParent => metadata.GetBlob(metadata.GetCell(TableIndex.TypeSpec, parentRow, 0)),
            _ => default,
        };
        int typeRef = receiver.IsEmpty ? 0 : TypeSignature.TypeRefOf(receiver);
        string type = typeRef == 0 ? string.Empty : NameOf(typeRef);
        if (!wanted.Contains(type))
        {
            return null;
        }

        string name = metadata.GetString(metadata.GetCell(TableIndex.MemberRef, row, 1));
        return ReadSignature(type, name, receiver, methodArguments, metadata.GetBlob(metadata.GetCell(TableIndex.MemberRef, row, 2)));
    }

    private static CalledMember? ReadSignature(
        string type, string name, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> methodArguments, ReadOnlySpan<byte> blob)
    {
        byte[][] typeArguments = TypeSignature.Split(methodArguments);
        TypeSignature signature = new(TypeSignature.ArgumentsOf(receiver), typeArguments);
        ByteCursor cursor = new(blob, MetadataDiagnostics.Damaged, $"signature of {type}.{name}");
        byte header = cursor.UInt8();
        if ((header & 0x0F) == VariableArguments || (header & 0x0F) > VariableArguments)
        {
            return null;
        }

        if ((header & Generic) != 0)
        {
            cursor.CompressedUInt32();
        }

        byte[][] parameters = new byte[cursor.CompressedUInt32()][];
        _ = signature.Read(ref cursor);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = signature.Read(ref cursor);
        }

        return new CalledMember(type, name, receiver.ToArray(), (header & HasThis) != 0, parameters, typeArguments);
    }
}
