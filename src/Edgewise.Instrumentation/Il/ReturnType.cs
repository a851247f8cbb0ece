using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Il;

/// <summary>Finds what the <c>ret</c> of a method takes from the stack.</summary>
internal static class ReturnType
{
    /// <summary>The type as a local variable has it; empty for <c>void</c>.</summary>
    /// <param name="reader">Metadata of the module.</param>
    /// <param name="row">MethodDef row.</param>
    /// <param name="isRuntimeAsync">The runtime makes the task; the body returns its result.</param>
    /// <exception cref="BodyException">The signature is damaged.</exception>
    public static byte[] Of(MetadataReader reader, int row, bool isRuntimeAsync)
    {
        try
        {
            BlobReader signature = reader.GetBlobReader(reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(row)).Signature);
            if (signature.ReadSignatureHeader().IsGeneric)
            {
                signature.ReadCompressedInteger();
            }

            signature.ReadCompressedInteger();
            if (isRuntimeAsync)
            {
                return OfTask(ref signature);
            }

            // Modifiers, as those of init-only setters, mean nothing to a variable; behind them even void may stand.
            SkipModifiers(ref signature);
            byte[] type = Take(ref signature);
            return type is [ElementCode.Void] ? [] : type;
        }
        catch (BadImageFormatException damage)
        {
            throw new BodyException(BodyException.UnknownReturn, $"the signature is damaged: {damage.Message}");
        }
    }

    private static void SkipModifiers(ref BlobReader signature)
    {
        int start = signature.Offset;
        while ((SignatureTypeCode)signature.ReadByte() is SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier)
        {
            signature.ReadTypeHandle();
            start = signature.Offset;
        }

        signature.Offset = start;
    }

    // Task and ValueTask give nothing, their instantiations their argument.
    private static byte[] OfTask(ref BlobReader signature)
    {
        if (signature.ReadByte() != ElementCode.Instantiation)
        {
            return [];
        }

        signature.ReadByte();
        signature.ReadTypeHandle();
        return signature.ReadCompressedInteger() == 1 ? Take(ref signature) : throw new BadImageFormatException("the result of an async method is no task");
    }

    private static byte[] Take(ref BlobReader signature)
    {
        int start = signature.Offset;
        Skip(ref signature);
        int length = signature.Offset - start;
        signature.Offset = start;
        return signature.ReadBytes(length);
    }

    private static void Skip(ref BlobReader type)
    {
        switch (type.ReadByte())
        {
            case (byte)SignatureTypeCode.RequiredModifier or (byte)SignatureTypeCode.OptionalModifier:
                type.ReadTypeHandle();
                Skip(ref type);
                break;
            case ElementCode.Pointer or ElementCode.ByReference or ElementCode.Vector or (byte)SignatureTypeCode.Pinned:
                Skip(ref type);
                break;
            case ElementCode.Class or ElementCode.ValueType:
                type.ReadTypeHandle();
                break;
            case ElementCode.TypeVariable or ElementCode.MethodVariable:
                type.ReadCompressedInteger();
                break;
            case ElementCode.Instantiation:
                type.ReadByte();
                type.ReadTypeHandle();
                SkipMany(ref type, type.ReadCompressedInteger());
                break;
            case ElementCode.Array:
                Skip(ref type);
                SkipShape(ref type);
                break;
            case ElementCode.FunctionPointer:
                SkipFunction(ref type);
                break;
        }
    }

    private static void SkipMany(ref BlobReader types, int count)
    {
        for (; count > 0; count--)
        {
            Skip(ref types);
        }
    }

    private static void SkipShape(ref BlobReader shape)
    {
        shape.ReadCompressedInteger();
        for (int sizes = shape.ReadCompressedInteger(); sizes > 0; sizes--)
        {
            shape.ReadCompressedInteger();
        }

        for (int bounds = shape.ReadCompressedInteger(); bounds > 0; bounds--)
        {
            shape.ReadCompressedSignedInteger();
        }
    }

    private static void SkipFunction(ref BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        SkipMany(ref signature, signature.ReadCompressedInteger() + 1);
    }
}
