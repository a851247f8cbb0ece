using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Reads types out of signature blobs (ECMA-335 II.23.2) into a <see cref="TypeTable"/>, type arguments put in. Allocates nothing.</summary>
/// <remarks>Custom modifiers and <c>pinned</c> are left out: values on the stack have neither. A function pointer is a native integer.</remarks>
internal sealed class SignatureReader(TypeTable types, NamedTypes names)
{
    private const int DeepestType = 64;

    /// <summary>List of the arguments that stand for <c>!0</c>, <c>!1</c> …; 0 leaves them as they are.</summary>
    public int TypeArguments { get; set; }

    /// <summary>List of the arguments that stand for <c>!!0</c>, <c>!!1</c> …; 0 leaves them as they are.</summary>
    public int MethodArguments { get; set; }

    /// <summary>Reads one type.</summary>
    /// <exception cref="BadImageFormatException">The blob is damaged.</exception>
    public int ReadType(ref BlobReader blob) => ReadType(ref blob, DeepestType);

    /// <summary>Reads a list of types.</summary>
    /// <exception cref="BadImageFormatException">The blob is damaged.</exception>
    public int ReadList(ref BlobReader blob, int count) => ReadList(ref blob, CheckedCount(ref blob, count), DeepestType);

    /// <summary>Reads a count and makes sure that the blob can hold as many types.</summary>
    /// <exception cref="BadImageFormatException">The blob is damaged.</exception>
    public static int ReadCount(ref BlobReader blob) => CheckedCount(ref blob, blob.ReadCompressedInteger());

    private static int CheckedCount(ref BlobReader blob, int count) =>
        count <= blob.RemainingBytes ? count : throw new BadImageFormatException("a signature is cut off");

    private int ReadType(ref BlobReader blob, int depth)
    {
        if (depth == 0)
        {
            throw new BadImageFormatException("a type in a signature is nested too deeply");
        }

        while (true)
        {
            byte code = blob.ReadByte();
            switch (code)
            {
                case ElementCode.RequiredModifier or ElementCode.OptionalModifier:
                    blob.ReadTypeHandle();
                    continue;
                case ElementCode.Pinned or ElementCode.Sentinel:
                    continue;
                case ElementCode.Pointer:
                    return types.Intern(code, ReadType(ref blob, depth - 1), 0, StackType.UIntPtr);
                case ElementCode.ByReference:
                    return types.Intern(code, ReadType(ref blob, depth - 1), 0, StackType.ManagedPointer);
                case ElementCode.Vector:
                    return types.Intern(code, ReadType(ref blob, depth - 1), 0, StackType.Object);
                case ElementCode.ValueType or ElementCode.Class:
                    return names.OfSignature(code, blob.ReadTypeHandle());
                case ElementCode.TypeVariable:
                    return Variable(code, blob.ReadCompressedInteger(), TypeArguments);
                case ElementCode.MethodVariable:
                    return Variable(code, blob.ReadCompressedInteger(), MethodArguments);
                case ElementCode.Instantiation:
                    return ReadInstantiation(ref blob, depth);
                case ElementCode.Array:
                    return ReadArray(ref blob, depth);
                case ElementCode.FunctionPointer:
                    SkipMethod(ref blob, depth);
                    return ElementCode.UIntPtr;
                case ElementCode.Void or (not 0 and <= ElementCode.String) or ElementCode.TypedReference or ElementCode.IntPtr or ElementCode.UIntPtr or ElementCode.Object:
                    return code;
                default:
                    throw new BadImageFormatException($"0x{code:X2} is no type of a signature");
            }
        }
    }

    private int Variable(byte code, int number, int arguments)
    {
        if (arguments == 0)
        {
            return types.Intern(code, number, 0, StackType.GenericParameter, SkipReason.GenericParameter);
        }

        int argument = types.ListItem(arguments, number);
        return argument != 0 ? argument : throw new BadImageFormatException($"there is no type argument {number}");
    }

    private int ReadInstantiation(ref BlobReader blob, int depth)
    {
        byte code = blob.ReadByte();
        int named = names.OfSignature(code, blob.ReadTypeHandle());
        int arguments = ReadList(ref blob, ReadCount(ref blob), depth);
        ref readonly StackValue value = ref types.ValueOf(named);
        return types.Intern(ElementCode.Instantiation, named, arguments, value.Type, value.Reason);
    }

    private int ReadArray(ref BlobReader blob, int depth)
    {
        int element = ReadType(ref blob, depth - 1);
        return types.Intern(ElementCode.Array, element, ReadShape(ref blob), StackType.Object);
    }

    // Rank, number of sizes, sizes, number of lower bounds, lower bounds; as they stand, so that they can be written again.
    private int ReadShape(ref BlobReader blob)
    {
        Span<int> shape = stackalloc int[DeepestType];
        int length = 0;
        Append(shape, ref length, blob.ReadCompressedInteger());
        for (int part = 0; part < 2; part++)
        {
            int count = ReadCount(ref blob);
            Append(shape, ref length, count);
            for (; count > 0; count--)
            {
                Append(shape, ref length, blob.ReadCompressedInteger());
            }
        }

        int list = 0;
        while (length > 0)
        {
            list = types.Intern(TypeTable.List, shape[--length], list, StackType.Unknown);
        }

        return list;
    }

    private static void Append(Span<int> shape, ref int length, int number)
    {
        if (length == shape.Length)
        {
            throw new BadImageFormatException("an array has too many dimensions");
        }

        shape[length++] = number;
    }

    private int ReadList(ref BlobReader blob, int count, int depth)
    {
        if (count > 0xFFFF)
        {
            throw new BadImageFormatException("there are too many type arguments");
        }

        if (count <= 0)
        {
            return 0;
        }

        Span<int> members = count <= 16 ? stackalloc int[16] : new int[count];
        for (int i = 0; i < count; i++)
        {
            members[i] = ReadType(ref blob, depth - 1);
        }

        int list = 0;
        while (count > 0)
        {
            list = types.Intern(TypeTable.List, members[--count], list, StackType.Unknown);
        }

        return list;
    }

    private void SkipMethod(ref BlobReader blob, int depth)
    {
        SignatureHeader header = blob.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            blob.ReadCompressedInteger();
        }

        for (int count = ReadCount(ref blob); count >= 0; count--)
        {
            ReadType(ref blob, depth - 1);
        }
    }
}
