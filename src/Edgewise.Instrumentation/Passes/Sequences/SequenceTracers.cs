using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary>Chooses the method of <c>Edgewise.Runtime.SequenceCompares</c> for the operands of a call, and refers to it.</summary>
/// <remarks>Types are written as they stand in the call's own signature, so that whatever the module refers to them by is referred to once more.</remarks>
internal sealed class SequenceTracers(HolderRows holder, MetadataImage metadata)
{
    private const byte Void = 0x01;
    private const byte Character = 0x03;
    private const byte Byte = 0x05;
    private const byte Int32 = 0x08;
    private const byte Int64 = 0x0A;
    private const byte UInt64 = 0x0B;
    private const byte String = 0x0E;
    private const byte Pointer = 0x0F;
    private const byte ByReference = 0x10;
    private const byte ValueType = 0x11;
    private const byte Class = 0x12;
    private const byte Instantiation = 0x15;
    private const byte NativeInt = 0x18;
    private const byte Object = 0x1C;
    private const byte Vector = 0x1D;
    private const byte MethodVariable = 0x1E;
    private const byte GenericHeader = 0x10;
    private const byte InstantiationHeader = 0x0A;
    private const int TypeReferenceTable = 0x01;

    private static readonly byte[] AnyType = [MethodVariable, 0];
    private static readonly byte[] Trailer = [Pointer, Byte, NativeInt, Int32];

    private readonly CalledMembers _members = new(
        metadata, SequenceMethods.Types.Concat(ParserSamples.Types).ToHashSet(StringComparer.Ordinal));

    private readonly Dictionary<string, int> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _literals = new(StringComparer.Ordinal);

    private enum Shape
    {
        Other,
        String,
        Character,
        Object,
        Span,
        ReadOnlySpan,
        Vector,
        Guid,
        GuidReference,
    }

    /// <summary>What is to be done before a call.</summary>
    /// <param name="token">The token that it names.</param>
    /// <param name="isCreation">The instruction is <c>newobj</c>.</param>
    /// <param name="isWanted">True if the method is one that compares, looks up or parses, whatever its operands are.</param>
    /// <returns>Null where nothing is.</returns>
    public TracedCall? Find(int token, bool isCreation, out bool isWanted)
    {
        isWanted = false;
        if (_members.Find(token) is not { } member)
        {
            return null;
        }

        byte[][] arguments = member.HasThis && !isCreation ? [ReceiverOf(member), .. member.Parameters] : member.Parameters;
        int first = arguments.Length - member.Parameters.Length;
        if (SequenceMethods.IsComparison(member.Type, member.Name))
        {
            isWanted = true;
            return IsParts(member) ? Make("Parts", arguments, [0, 1, 2, 3, 4], arguments[..5], null, true) : Comparison(member, arguments);
        }

        if (SequenceMethods.IsLookUp(member.Type, member.Name))
        {
            isWanted = true;
            return arguments is [_, [String], ..] ? LookUp(member, arguments) : null;
        }

        if (member.Parameters.Length > 0 && ParserSamples.Find(member.Type, member.Name) is { } sample)
        {
            isWanted = true;
            return Parser(arguments, first, sample);
        }

        if (ParserSamples.TakesName(member.Type, member.Name))
        {
            isWanted = true;
            return EnumerationParser(member, arguments);
        }

        isWanted = member.Parameters.Length > 1 && ParserSamples.TakesFormat(member.Type, member.Name);
        return isWanted ? ExactParser(member, arguments, first) : null;
    }

    /// <summary>What is to be done before a call whose receiver is a pointer to a value.</summary>
    /// <param name="token">The token that the call names.</param>
    /// <param name="constraint">Token of the value's type.</param>
    /// <param name="isWanted">True if the method is one that compares, looks up or parses, whatever its operands are.</param>
    /// <returns>Null where nothing is, as for all values but a <see cref="System.Guid"/> and those that have texts.</returns>
    public TracedCall? FindConstrained(int token, int constraint, out bool isWanted)
    {
        isWanted = Find(token, isCreation: false, out bool isComparison) is not null || isComparison;
        if (_members.Find(token) is not { Type: "System.Object", Name: "Equals", Parameters: [[Object]] } || constraint >>> 24 != TypeReferenceTable)
        {
            return null;
        }

        byte[][] arguments = [[ByReference, ValueType, .. TypeSignature.Reference(constraint & 0xFFFFFF).AsSpan(1)], [Object]];
        string? type = _members.NameOf(constraint & 0xFFFFFF);
        return type == "System.Guid" ? Make("Guids", arguments, [0, 1], arguments, null, false)
            : ComparedValues.IsStructure(type) ? Values(arguments)
            : null;
    }

    /// <summary>What hands a variable of a string switch on, with a literal.</summary>
    /// <param name="type">Type of the variable as in a signature: a string, or a span of characters.</param>
    /// <returns>Its token; 0 where it is neither.</returns>
    public int LiteralTracer(byte[] type) => ShapeOf(type) switch
    {
        Shape.String => Token("Strings", [[String], [String]], null),
        Shape.Span or Shape.ReadOnlySpan when ElementOf(type) is [Character] => Token("Sample", [type, [String]], null),
        _ => 0,
    };

    private static byte[] ReceiverOf(CalledMember member) => member.Type switch
    {
        "System.String" => [String],
        "System.Object" => [Object],
        _ when IsStructure(member.Type) => [ByReference, ValueType, .. member.Receiver.AsSpan(1)],
        _ => member.Receiver,
    };

    // Of the structures only these have instance methods or constructors that are traced.
    private static bool IsStructure(string type) => type == "System.Guid" || ComparedValues.IsStructure(type);

    private static bool IsParts(CalledMember member) =>
        member is { Type: "System.String", Parameters: [[String], [Int32], [String], [Int32], [Int32], ..] };

    private TracedCall? Comparison(CalledMember member, byte[][] arguments)
    {
        if (arguments is [[Object], [Object]])
        {
            return Make("Objects", arguments, [0, 1], arguments, null, true);
        }

        if (Values(arguments) is { } values)
        {
            return values;
        }

        int left = Array.FindIndex(arguments, argument => ShapeOf(argument) is not Shape.Other and not Shape.Character and not Shape.Object);
        if (left < 0 || left + 1 == arguments.Length)
        {
            return null;
        }

        byte[] a = arguments[left], b = arguments[left + 1];
        Shape shape = ShapeOf(a), other = ShapeOf(b);
        bool atEnd = member.Name == "EndsWith";
        int[] operands = [left, left + 1];
        switch (shape)
        {
            case Shape.String when other is Shape.String:
                return Make(atEnd ? "StringEnds" : TracerOf(member.Name), arguments, operands, [a, b], null, true);
            case Shape.String when other is Shape.Character:
                return Make(TracerOf(member.Name), arguments, operands, [a, b], null, true);
            case Shape.String when other is Shape.Object:
                return Make("Strings", arguments, operands, [a, b], null, true);
            case Shape.String when b is [Vector, Character or String] || (other is Shape.ReadOnlySpan && ElementOf(b) is [Character]):
                return Make("AnyOf", arguments, operands, [a, b], null, true);
            case Shape.Guid or Shape.GuidReference when other is Shape.Guid:
            case Shape.GuidReference when other is Shape.Object:
                return Make("Guids", arguments, operands, [a, b], null, false);
            case Shape.ReadOnlySpan or Shape.Span or Shape.Vector:
                byte[] element = ElementOf(a);
                bool isElement = b.AsSpan().SequenceEqual(element);
                return IsReference(element) || !(isElement || (IsSpan(other) && shape != Shape.Vector && ElementOf(b).AsSpan().SequenceEqual(element)))
                    ? null
                    : Make(
                        isElement ? "Element" : atEnd ? "SpanEnds" : "Spans", arguments, operands,
                        [Open(a, element), isElement ? AnyType : Open(b, element)], element, element is [Character]);
            default:
                return null;
        }
    }

    private static string TracerOf(string name) => name switch
    {
        "Contains" or "IndexOf" or "LastIndexOf" => "Search",
        "Split" => name,
        _ => "Strings",
    };

    // A value with another one, an object or, for the largest numbers, a usual one.
    private TracedCall? Values(byte[][] arguments)
    {
        int left = Array.FindIndex(arguments, IsValue);
        if (left < 0 || arguments.Length < 2)
        {
            return null;
        }

        int right = left + 1 < arguments.Length ? left + 1 : left - 1;
        bool isReference = arguments[left][0] == ByReference;
        byte[] type = isReference ? arguments[left][1..] : arguments[left];
        byte[]? other = arguments[right].AsSpan().SequenceEqual(type) ? AnyType : arguments[right] is [Object or Int64 or UInt64] ? arguments[right] : null;
        return other is null ? null : Make("Values", arguments, [left, right], [isReference ? [ByReference, .. AnyType] : AnyType, other], type, true);
    }

    private bool IsValue(byte[] type)
    {
        ReadOnlySpan<byte> value = type[0] == ByReference ? type.AsSpan(1) : type;
        return value[0] is ValueType or Class && TypeSignature.TypeRefOf(value) is > 0 and var row && ComparedValues.IsType(_members.NameOf(row));
    }

    private TracedCall? LookUp(CalledMember member, byte[][] arguments)
    {
        byte[][] types = TypeSignature.ArgumentsOf(member.Receiver);
        return types switch
        {
            [[String]] => Make("Key", arguments, [0, 1], [arguments[0], [String]], null, true),
            [[String], var value] => Make("Key", arguments, [0, 1], [Open(arguments[0], value), [String]], value, true),
            _ => null,
        };
    }

    private TracedCall? Parser(byte[][] arguments, int input, string sample)
    {
        byte[] type = arguments[input];
        bool isText = ShapeOf(type) == Shape.String;
        bool isCharacters = ShapeOf(type) == Shape.ReadOnlySpan && ElementOf(type) is [Character];
        return isText || isCharacters || (ShapeOf(type) == Shape.ReadOnlySpan && ElementOf(type) is [Byte])
            ? Make("Sample", arguments, [input], [type, [String]], null, isText || isCharacters, sample)
            : null;
    }

    // The type is the method's type argument, or its first parameter.
    private TracedCall? EnumerationParser(CalledMember member, byte[][] arguments)
    {
        int input = member.TypeArguments.Length == 1 ? 0 : 1;
        if (arguments.Length <= input || !(ShapeOf(arguments[input]) == Shape.String || (ShapeOf(arguments[input]) == Shape.ReadOnlySpan && ElementOf(arguments[input]) is [Character])))
        {
            return null;
        }

        return input == 0
            ? Make("Name", arguments, [0], [arguments[0]], member.TypeArguments[0], true)
            : Make("Name", arguments, [0, 1], arguments[..2], null, true);
    }

    private TracedCall? ExactParser(CalledMember member, byte[][] arguments, int input)
    {
        byte[] text = arguments[input], format = arguments[input + 1];
        bool isText = ShapeOf(text) == Shape.String, isSpan = ShapeOf(text) == Shape.ReadOnlySpan && ElementOf(text) is [Character];
        bool hasFormat = format is [Vector, String] || (isText ? format is [String] : isSpan && format.AsSpan().SequenceEqual(text));
        byte[] parsed = [ValueType, .. member.Receiver.AsSpan(1)];
        return (isText || isSpan) && hasFormat
            ? Make("Format", arguments, [input, input + 1], [text, format], parsed, true)
            : null;
    }

    private Shape ShapeOf(byte[] type)
    {
        switch (type)
        {
            case [String]:
                return Shape.String;
            case [Character]:
                return Shape.Character;
            case [Object]:
                return Shape.Object;
            case [Vector, ..]:
                return Shape.Vector;
            case [ByReference, ValueType, ..]:
                return IsGuid(type.AsSpan(1)) ? Shape.GuidReference : Shape.Other;
            case [ValueType, ..]:
                return IsGuid(type) ? Shape.Guid : Shape.Other;
            case [Instantiation, ValueType, ..]:
                return _members.NameOf(TypeSignature.TypeRefOf(type)) switch
                {
                    "System.ReadOnlySpan`1" => Shape.ReadOnlySpan,
                    "System.Span`1" => Shape.Span,
                    _ => Shape.Other,
                };
            default:
                return Shape.Other;
        }
    }

    private bool IsGuid(ReadOnlySpan<byte> type) => TypeSignature.TypeRefOf(type) is > 0 and var row && _members.NameOf(row) == "System.Guid";

    private static bool IsSpan(Shape shape) => shape is Shape.Span or Shape.ReadOnlySpan;

    private static bool IsReference(byte[] type) => type is [String or Object or Class or Vector or 0x14, ..] or [Instantiation, Class, ..];

    private static byte[] ElementOf(byte[] type) => type[0] == Vector ? type[1..] : TypeSignature.ArgumentsOf(type)[0];

    // The last type argument becomes the tracer's type parameter.
    private static byte[] Open(byte[] type, byte[] last) => [.. type.AsSpan(0, type.Length - last.Length), .. AnyType];

    private TracedCall Make(
        string name, byte[][] arguments, int[] operands, byte[][] parameters, byte[]? typeArgument, bool isUtf16, string? sample = null) =>
        new(Token(name, parameters, typeArgument), arguments, operands, sample is null ? 0 : Literal(sample), isUtf16);

    private int Literal(string text)
    {
        if (!_literals.TryGetValue(text, out int token))
        {
            token = 0x70000000 | (int)metadata.AddUserString(text);
            _literals.Add(text, token);
        }

        return token;
    }

    private int Token(string name, byte[][] parameters, byte[]? typeArgument)
    {
        byte[] head = typeArgument is null ? [0] : [GenericHeader, 1];
        byte[] signature = [.. head, (byte)(parameters.Length + 3), Void, .. parameters.SelectMany(type => type), .. Trailer];
        int method = Intern(name, signature, () => holder.Callback(RuntimeCallbacks.SequenceCompares, name, signature));
        return typeArgument is null ? method : Intern(
            $"{method:x}", typeArgument,
            () => 0x2B000000 | metadata.AddRow(
                TableIndex.MethodSpec, ((uint)(method & 0xFFFFFF) << 1) | 1, metadata.AddBlob([InstantiationHeader, 1, .. typeArgument])));
    }

    private int Intern(string name, byte[] signature, Func<int> add)
    {
        string key = $"{name} {Convert.ToHexString(signature)}";
        if (!_tokens.TryGetValue(key, out int token))
        {
            token = add();
            _tokens.Add(key, token);
        }

        return token;
    }
}
