using System.Reflection;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>Adds the rows by which a module calls the targets of redirections: a reference to their assembly where it has none, their classes, themselves.</summary>
/// <remarks>
/// The signature of a target is made of the redirected member's own, so that it needs no type that the module does not name already: the instance becomes
/// the first parameter, and type parameters of the type become the first ones of the method.
/// </remarks>
internal sealed class TargetRows(HolderRows holder)
{
    private const byte ByReference = 0x10;
    private const byte ValueTypeElement = 0x11;
    private const byte Instantiation = 0x15;
    private const byte MethodVariable = 0x1E;
    private const byte GenericFlag = 0x10;
    private const byte MethodSpecSignature = 0x0A;

    private readonly MetadataImage _metadata = holder.Metadata;
    private readonly Dictionary<UsedMember, int> _tokens = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(MethodInfo, string), int> _methods = [];
    private readonly Dictionary<Type, uint> _classes = [];
    private readonly Dictionary<string, int> _names = [];

    /// <summary>Token of what is called in place of a member, for the type arguments of its use.</summary>
    public int Replacement(UsedMember member)
    {
        if (!_tokens.TryGetValue(member, out int token))
        {
            byte[][] ofType = TypeSignature.ArgumentsOf(member.Receiver);
            token = Method(member.Replacement!.Target, Signature(member, ofType.Length));
            if (ofType.Length + member.Arguments.Length > 0)
            {
                token = Instantiate(token, [.. ofType, .. member.Arguments]);
            }

            _tokens.Add(member, token);
        }

        return token;
    }

    /// <summary>Token of the type that has a member, type arguments of its use included.</summary>
    public int TypeOf(UsedMember member)
    {
        uint coded = TypeSignature.ArgumentsOf(member.Receiver).Length > 0 ? 0 : DefinitionOf(member.Receiver);
        return coded == 0
            ? (int)TableIndex.TypeSpec << 24 | _metadata.AddRow(TableIndex.TypeSpec, _metadata.AddBlob(member.Receiver))
            : (int)((coded & 3) == 1 ? TableIndex.TypeRef : TableIndex.TypeDef) << 24 | (int)(coded >> 2);
    }

    /// <summary>Token of what is told of a member.</summary>
    public int Announcement(UsedMember member) => Method(member.Announcement!.Target, [0x00, 1, 0x01, 0x0E]);

    /// <summary>Token of a member's name as a literal.</summary>
    public int Name(UsedMember member)
    {
        if (!_names.TryGetValue(member.Name, out int token))
        {
            token = 0x70000000 | (int)_metadata.AddUserString(member.Name);
            _names.Add(member.Name, token);
        }

        return token;
    }

    private static byte[] Signature(UsedMember member, int arityOfType)
    {
        ByteCursor cursor = new(member.Signature, MetadataDiagnostics.Damaged, $"signature of {member.Name}");
        int arity = (cursor.UInt8() & GenericFlag) != 0 ? (int)cursor.CompressedUInt32() : 0;
        int count = (int)cursor.CompressedUInt32();
        TypeSignature types = new(
            [.. Enumerable.Range(0, arityOfType).Select(Variable)], [.. Enumerable.Range(arityOfType, arity).Select(Variable)]);
        byte[] result = types.Read(ref cursor);
        bool takesInstance = member.HasThis && !member.IsConstructor;
        ByteBuffer signature = new();
        signature.WriteByte(arityOfType + arity > 0 ? GenericFlag : (byte)0);
        if (arityOfType + arity > 0)
        {
            signature.WriteCompressedUInt32((uint)(arityOfType + arity));
        }

        signature.WriteCompressedUInt32((uint)(count + (takesInstance ? 1 : 0)));
        signature.WriteBytes(member.IsConstructor ? OpenReceiver(member) : result);
        if (takesInstance)
        {
            signature.WriteBytes(OpenReceiver(member));
        }

        for (; count > 0; count--)
        {
            signature.WriteBytes(types.Read(ref cursor));
        }

        return signature.ToArray();
    }

    // The type of a use with the target's type parameters in place of the use's type arguments.
    private static byte[] OpenReceiver(UsedMember member)
    {
        ByteBuffer type = new();
        if (member.Replacement!.IsOnStructure && !member.IsConstructor)
        {
            type.WriteByte(ByReference);
        }

        if (SignatureNames.ElementOf(member.Name[..member.Name.IndexOf("::", StringComparison.Ordinal)]) is var element and not 0)
        {
            type.WriteByte(element);
            return type.ToArray();
        }

        ByteCursor cursor = new(member.Receiver, MetadataDiagnostics.Damaged, $"type of {member.Name}");
        byte code = cursor.UInt8();
        bool isInstantiation = code == Instantiation;
        if (isInstantiation)
        {
            type.WriteByte(code);
            code = cursor.UInt8();
        }

        // A bare token does not tell whether it is a structure.
        type.WriteByte(member.Replacement.IsOnStructure ? ValueTypeElement : code);
        type.WriteCompressedUInt32(cursor.CompressedUInt32());
        if (isInstantiation)
        {
            uint count = cursor.CompressedUInt32();
            type.WriteCompressedUInt32(count);
            for (int i = 0; i < count; i++)
            {
                type.WriteBytes(Variable(i));
            }
        }

        return type.ToArray();
    }

    private static uint DefinitionOf(byte[] receiver)
    {
        ByteCursor cursor = new(receiver, MetadataDiagnostics.Damaged, "type of a member");
        cursor.UInt8();
        return cursor.CompressedUInt32();
    }

    private static byte[] Variable(int number)
    {
        ByteBuffer type = new();
        type.WriteByte(MethodVariable);
        type.WriteCompressedUInt32((uint)number);
        return type.ToArray();
    }

    private int Method(MethodInfo target, byte[] signature)
    {
        (MethodInfo, string) key = (target, Convert.ToHexString(signature));
        if (!_methods.TryGetValue(key, out int token))
        {
            if (!_classes.TryGetValue(target.DeclaringType!, out uint parent))
            {
                parent = holder.StaticClass(target.DeclaringType!.Assembly.GetName(), target.DeclaringType.Namespace ?? string.Empty, target.DeclaringType.Name);
                _classes.Add(target.DeclaringType, parent);
            }

            int row = _metadata.AddRow(TableIndex.MemberRef, parent, _metadata.AddString(target.Name), _metadata.AddBlob(signature));
            token = (int)TableIndex.MemberRef << 24 | row;
            _methods.Add(key, token);
        }

        return token;
    }

    private int Instantiate(int method, byte[][] arguments)
    {
        ByteBuffer signature = new();
        signature.WriteByte(MethodSpecSignature);
        signature.WriteCompressedUInt32((uint)arguments.Length);
        foreach (byte[] argument in arguments)
        {
            signature.WriteBytes(argument);
        }

        int row = _metadata.AddRow(TableIndex.MethodSpec, (uint)((method & 0xFFFFFF) << 1) | 1, _metadata.AddBlob(signature.AsSpan()));
        return (int)TableIndex.MethodSpec << 24 | row;
    }
}
