using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The types that a module's signatures name, each once: a type is an index, equal types have equal ones.</summary>
/// <remarks>
/// A type is a node (code, left, right) whose parts are indexes again, so that a constructed type, with type arguments put in, costs one look-up:
/// pointers, references and vectors have their element on the left; named types their token; type variables their number; an instantiation has the
/// named type and the list of arguments; a list has its first member and the rest; an array has its element and the list of its shape.
/// Indexes up to 0x1F are the codes of primitive types, and <see cref="ElementCode.ValueType"/> is any structure; 0 is none. <c>!0</c> and <c>!!0</c> that are left are those of the body under analysis.
/// </remarks>
internal sealed class TypeTable
{
    /// <summary>Code of a list's node.</summary>
    public const byte List = 0x40;

    private const int PrimitiveCount = 0x20;
    private const int LongestEncoding = 0x4000;

    private Node[] _nodes = new Node[256];
    private StackValue[] _values = new StackValue[256];
    private int[] _buckets = new int[512];
    private int _count = PrimitiveCount;

    /// <summary>Makes a table of the primitive types.</summary>
    public TypeTable()
    {
        for (int code = 0; code < PrimitiveCount; code++)
        {
            StackType type = ElementCode.ToStackType(code);
            _nodes[code] = new Node((byte)code, 0, 0, 0);
            _values[code] = new StackValue(type == StackType.None ? StackType.Unknown : type, SkipReason.None, false, code, -1, 0);
        }

        _values[ElementCode.ValueType] = _values[0] with { Type = StackType.ValueType };
    }

    /// <summary>A value of a type, without producer.</summary>
    public ref readonly StackValue ValueOf(int type) => ref _values[type];

    /// <summary>Code of a type's node.</summary>
    public byte Code(int type) => _nodes[type].Code;

    /// <summary>The element of a pointer, reference, vector or array, the named type of an instantiation, the first member of a list, a token or number.</summary>
    public int Left(int type) => _nodes[type].Left;

    /// <summary>The arguments of an instantiation, the rest of a list, the shape of an array.</summary>
    public int Right(int type) => _nodes[type].Right;

    /// <summary>The type that a pointer or reference leads to, or 0.</summary>
    public int Pointee(int type) => Code(type) is ElementCode.Pointer or ElementCode.ByReference ? Left(type) : 0;

    /// <summary>The type of a vector's elements, or 0.</summary>
    public int VectorElement(int type) => Code(type) == ElementCode.Vector ? Left(type) : 0;

    /// <summary>The type with these parts.</summary>
    public int Intern(byte code, int left, int right, StackType type, SkipReason reason = SkipReason.None)
    {
        int found = Find(code, left, right);
        return found != 0 ? found : Add(code, left, right, type, reason);
    }

    /// <summary>The type with these parts, or 0 if it was never added.</summary>
    public int Find(byte code, int left, int right)
    {
        int index = _buckets[Hash(code, left, right) & (_buckets.Length - 1)];
        while (index != 0)
        {
            ref readonly Node node = ref _nodes[index];
            if (node.Left == left && node.Right == right && node.Code == code)
            {
                return index;
            }

            index = node.Next;
        }

        return 0;
    }

    /// <summary>The member of a list at a place, or 0.</summary>
    public int ListItem(int list, int place)
    {
        for (; Code(list) == List && place > 0; place--)
        {
            list = Right(list);
        }

        return Code(list) == List ? Left(list) : 0;
    }

    /// <summary>Appends a type as signatures have it, for a local variable of that type.</summary>
    /// <returns>False, and nothing is written, where a signature cannot name it: it is not known, or longer than any in use.</returns>
    public bool TryEncode(int type, ByteBuffer output)
    {
        int start = output.Position;
        if (type is not 0 and not ElementCode.Void && Encode(type, output, start + LongestEncoding))
        {
            return true;
        }

        output.Truncate(start);
        return false;
    }

    /// <summary>Appends the type of a local variable that can hold a value, be its full type known or not.</summary>
    /// <returns>False, and nothing is written, where there is none: structures and managed pointers of which no more is known.</returns>
    public bool TryEncode(in StackValue value, ByteBuffer output) =>
        TryEncode(value.TypeIndex != 0 ? value.TypeIndex : ElementCode.Of(value.Type), output);

    private static int Hash(byte code, int left, int right)
    {
        uint hash = ((uint)left * 0x9E3779B1) ^ ((uint)right * 0x85EBCA77) ^ ((uint)code << 24);
        return (int)(hash ^ (hash >> 15));
    }

    private int Add(byte code, int left, int right, StackType type, SkipReason reason)
    {
        if (_count == _nodes.Length)
        {
            Grow();
        }

        int index = _count++;
        ref int bucket = ref _buckets[Hash(code, left, right) & (_buckets.Length - 1)];
        _nodes[index] = new Node(code, left, right, bucket);
        _values[index] = new StackValue(type, reason, false, index, -1, 0);
        bucket = index;
        return index;
    }

    private void Grow()
    {
        Array.Resize(ref _nodes, _count * 2);
        Array.Resize(ref _values, _count * 2);
        _buckets = new int[_count * 4];
        for (int index = PrimitiveCount; index < _count; index++)
        {
            Node node = _nodes[index];
            ref int bucket = ref _buckets[Hash(node.Code, node.Left, node.Right) & (_buckets.Length - 1)];
            _nodes[index] = node with { Next = bucket };
            bucket = index;
        }
    }

    private bool Encode(int type, ByteBuffer output, int end)
    {
        Node node = _nodes[type];
        if (output.Position >= end)
        {
            return false;
        }

        output.WriteByte(node.Code);
        if (type < PrimitiveCount)
        {
            return type == ElementCode.Void || ElementCode.ToStackType(type) != StackType.None;
        }

        switch (node.Code)
        {
            case ElementCode.Pointer or ElementCode.ByReference or ElementCode.Vector:
                return Encode(node.Left, output, end);
            case ElementCode.ValueType or ElementCode.Class:
                output.WriteCompressedUInt32((uint)CodedIndex.TypeDefOrRefOrSpec(MetadataTokens.EntityHandle(node.Left)));
                return true;
            case ElementCode.TypeVariable or ElementCode.MethodVariable:
                output.WriteCompressedUInt32((uint)node.Left);
                return true;
            case ElementCode.Array:
                return Encode(node.Left, output, end) && EncodeShape(node.Right, output);
            case ElementCode.Instantiation:
                return Encode(node.Left, output, end) && EncodeArguments(node.Right, output, end);
            default:
                return false;
        }
    }

    private bool EncodeShape(int shape, ByteBuffer output)
    {
        for (; Code(shape) == List; shape = Right(shape))
        {
            output.WriteCompressedUInt32((uint)Left(shape));
        }

        return true;
    }

    private bool EncodeArguments(int list, ByteBuffer output, int end)
    {
        uint count = 0;
        for (int rest = list; Code(rest) == List; rest = Right(rest))
        {
            count++;
        }

        output.WriteCompressedUInt32(count);
        for (; Code(list) == List; list = Right(list))
        {
            if (!Encode(Left(list), output, end))
            {
                return false;
            }
        }

        return true;
    }

    // Code and parts as above; Next: the next node with the same hash, or 0.
    private readonly record struct Node(byte Code, int Left, int Right, int Next);
}
