using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Il;

/// <summary>Decodes method bodies straight from the bytes of an image.</summary>
internal static class BodyReader
{
    private const int TinyFormat = 2;
    private const int FatFormat = 3;
    private const int FatHeaderSize = 12;
    private const int MoreSections = 0x08;
    private const int InitLocalsFlag = 0x10;
    private const int SectionIsExceptionTable = 0x01;
    private const int SectionIsFat = 0x40;
    private const int SectionHasMore = 0x80;
    private const int SmallClauseSize = 12;
    private const int FatClauseSize = 24;

    /// <summary>Decodes the body at a position of the image.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="position">Where the method header begins in it.</param>
    /// <param name="body">Filled; what it held is gone.</param>
    /// <exception cref="BodyException">The body is malformed.</exception>
    public static void Read(ReadOnlySpan<byte> image, int position, MethodBody body)
    {
        ReadHeader(image, position, body, out bool hasSections);
        ReadOnlySpan<byte> code = image.Slice(body.CodeStart, body.CodeSize);
        MarkInstructions(code, body);
        int end = body.CodeStart + body.CodeSize;
        if (hasSections)
        {
            end = ReadSections(image, end, body);
        }

        body.TotalSize = end - position;
        MarkTargets(code, body);
    }

    private static void ReadHeader(ReadOnlySpan<byte> image, int position, MethodBody body, out bool hasSections)
    {
        Require(position >= 0 && position < image.Length, "the method header lies outside the file");
        byte first = image[position];
        body.HeaderStart = position;
        int codeSize;
        if ((first & 3) == TinyFormat)
        {
            codeSize = first >> 2;
            body.CodeStart = position + 1;
            body.MaxStack = 8;
            body.LocalsToken = 0;
            body.InitLocals = false;
            body.IsTiny = true;
            hasSections = false;
        }
        else
        {
            Require((first & 3) == FatFormat && position + FatHeaderSize <= image.Length, "the method header is neither tiny nor fat");
            int flags = BinaryPrimitives.ReadUInt16LittleEndian(image[position..]);
            Require(flags >> 12 == FatHeaderSize / 4, "the fat method header has an unknown size");
            body.MaxStack = BinaryPrimitives.ReadUInt16LittleEndian(image[(position + 2)..]);
            codeSize = BinaryPrimitives.ReadInt32LittleEndian(image[(position + 4)..]);
            body.LocalsToken = BinaryPrimitives.ReadInt32LittleEndian(image[(position + 8)..]);
            body.CodeStart = position + FatHeaderSize;
            body.InitLocals = (flags & InitLocalsFlag) != 0;
            body.IsTiny = false;
            hasSections = (flags & MoreSections) != 0;
        }

        Require(codeSize > 0 && codeSize <= image.Length - body.CodeStart, "the code does not end within the file");
        body.Begin(codeSize);
    }

    private static void MarkInstructions(ReadOnlySpan<byte> code, MethodBody body)
    {
        byte[] marks = body.Marks;
        int offset = 0;
        bool glued = false;
        bool tail = false;
        while (offset < code.Length)
        {
            int start = offset;
            byte opcode = code[offset++];
            byte properties;
            if (opcode == OpcodeTable.TwoBytePrefix)
            {
                Require(offset < code.Length && code[offset] < OpcodeTable.TwoByte.Length, "an opcode is cut off or unknown", start);
                properties = OpcodeTable.TwoByte[code[offset++]];
            }
            else
            {
                properties = OpcodeTable.OneByte[opcode];
            }

            Require(properties != OpcodeTable.Invalid, "an opcode is unknown", start);
            int size = OperandSize(OpcodeTable.Operand(properties), code, offset, start);
            Require(size <= code.Length - offset, "an operand is cut off", start);
            offset += size;
            byte mark = MethodBody.InstructionStart;
            if (glued)
            {
                mark |= MethodBody.Glued;
            }

            if (OpcodeTable.MayThrow(properties))
            {
                mark |= MethodBody.MayThrow;
                body.Calls |= Opcode.Calls(opcode);
                body.Throws |= opcode == Opcode.Throw;
                body.LetsExceptionsOut |= !Opcode.IsInstanceField(opcode);
            }

            marks[start] |= mark;
            bool prefix = OpcodeTable.IsPrefix(properties);

            // A prefix binds to the opcode behind it; `tail. call` must moreover stay right before its `ret`.
            glued = prefix || tail;
            tail = prefix && (tail || (opcode == OpcodeTable.TwoBytePrefix && code[start + 1] == Opcode.TailSecond));
            if (OpcodeTable.Flow(properties) != FlowKind.Next)
            {
                body.Terminators.Add(start);
                marks[offset] |= MethodBody.Leader;
            }
        }

        marks[0] |= MethodBody.Leader;
        marks[code.Length] |= MethodBody.InstructionStart;
    }

    private static int OperandSize(OperandKind kind, ReadOnlySpan<byte> code, int offset, int start)
    {
        switch (kind)
        {
            case OperandKind.None:
                return 0;
            case OperandKind.OneByte or OperandKind.ShortBranch:
                return 1;
            case OperandKind.TwoBytes:
                return 2;
            case OperandKind.FourBytes or OperandKind.LongBranch:
                return 4;
            case OperandKind.EightBytes:
                return 8;
            default:
                Require(offset + 4 <= code.Length, "a switch is cut off", start);
                int count = BinaryPrimitives.ReadInt32LittleEndian(code[offset..]);
                Require((uint)count <= (uint)(code.Length - offset - 4) / 4, "a switch is cut off", start);
                return 4 + (count * 4);
        }
    }

    private static int ReadSections(ReadOnlySpan<byte> image, int position, MethodBody body)
    {
        while (true)
        {
            position = (position + 3) & ~3;
            Require(position <= image.Length - 4, "an exception section is cut off");
            int kind = image[position];
            bool fat = (kind & SectionIsFat) != 0;
            int size = fat
                ? (int)(BinaryPrimitives.ReadUInt32LittleEndian(image[position..]) >> 8)
                : image[position + 1];
            Require(size >= 4 && size <= image.Length - position, "an exception section is cut off");
            Require((kind & SectionIsExceptionTable) != 0, "a section is of an unknown kind");
            // The size counts the header too, but the runtime divides it as it is, which also takes files whose writers left the header out.
            int clauseSize = fat ? FatClauseSize : SmallClauseSize;
            int length = size / clauseSize * clauseSize;
            Require(length <= image.Length - position - 4, "an exception section is cut off");
            ReadOnlySpan<byte> section = image.Slice(position + 4, length);
            for (; section.Length >= clauseSize; section = section[clauseSize..])
            {
                body.Clauses.Add(fat ? FatClause(section) : SmallClause(section));
            }

            position += Math.Max(size, length + 4);
            if ((kind & SectionHasMore) == 0)
            {
                return position;
            }
        }
    }

    private static ExceptionClause SmallClause(ReadOnlySpan<byte> bytes)
    {
        int tryStart = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        int handlerStart = BinaryPrimitives.ReadUInt16LittleEndian(bytes[5..]);
        return new ExceptionClause(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes), tryStart, tryStart + bytes[4],
            handlerStart, handlerStart + bytes[7], BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
    }

    private static ExceptionClause FatClause(ReadOnlySpan<byte> bytes)
    {
        int Field(ReadOnlySpan<byte> from, int index) => BinaryPrimitives.ReadInt32LittleEndian(from[(index * 4)..]);
        int tryStart = Field(bytes, 1);
        int handlerStart = Field(bytes, 3);
        return new ExceptionClause(
            Field(bytes, 0), tryStart, unchecked(tryStart + Field(bytes, 2)),
            handlerStart, unchecked(handlerStart + Field(bytes, 4)), Field(bytes, 5));
    }

    private static void MarkTargets(ReadOnlySpan<byte> code, MethodBody body)
    {
        foreach (int terminator in body.Terminators)
        {
            byte opcode = code[terminator];
            switch (OpcodeTable.Operand(OpcodeTable.OneByte[opcode]))
            {
                case OperandKind.ShortBranch:
                    MarkTarget(body, terminator + 2 + (sbyte)code[terminator + 1], terminator);
                    break;
                case OperandKind.LongBranch:
                    MarkTarget(body, terminator + 5 + BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 1)..]), terminator);
                    break;
                case OperandKind.Switch when opcode == Opcode.Switch:
                    int count = BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 1)..]);
                    int next = terminator + 5 + (count * 4);
                    for (int arm = 0; arm < count; arm++)
                    {
                        MarkTarget(body, next + BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 5 + (arm * 4))..]), terminator);
                    }

                    break;
            }
        }

        foreach (ExceptionClause clause in body.Clauses)
        {
            Require(clause.Kind is 0 or ExceptionClause.Filter or ExceptionClause.Finally or ExceptionClause.Fault, "an exception region is of an unknown kind");
            Require(clause.TryStart < clause.TryEnd && clause.HandlerStart < clause.HandlerEnd, "an exception region is empty or upside down");
            MarkTarget(body, clause.TryStart, -1);
            MarkTarget(body, clause.HandlerStart, -1);
            MarkBoundary(body, clause.TryEnd);
            MarkBoundary(body, clause.HandlerEnd);
            if (clause.HasFilter)
            {
                MarkTarget(body, clause.TokenOrFilter, -1);
            }
        }
    }

    private static void MarkTarget(MethodBody body, int target, int from)
    {
        if ((uint)target >= (uint)body.CodeSize || (body.Marks[target] & MethodBody.InstructionStart) == 0)
        {
            string what = from < 0 ? "an exception region" : $"the branch at IL_{from:x4}";
            throw new BodyException(BodyException.MisplacedTarget, $"{what} does not lead to an instruction");
        }

        if ((body.Marks[target] & MethodBody.Glued) != 0)
        {
            throw new BodyException(BodyException.SplitPair, $"IL_{target:x4} is a target but must stay behind a prefix or a tail call");
        }

        body.Marks[target] |= MethodBody.Leader;
    }

    private static void MarkBoundary(MethodBody body, int offset)
    {
        if ((uint)offset > (uint)body.CodeSize || (body.Marks[offset] & MethodBody.InstructionStart) == 0)
        {
            throw new BodyException(BodyException.MisplacedTarget, "an exception region does not end at an instruction");
        }

        if ((body.Marks[offset] & MethodBody.Glued) != 0)
        {
            throw new BodyException(BodyException.SplitPair, $"a region ends at IL_{offset:x4}, which must stay behind a prefix or a tail call");
        }

        body.Marks[offset] |= MethodBody.Leader;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new BodyException(BodyException.Malformed, message);
        }
    }

    private static void Require(bool condition, string message, int offset)
    {
        if (!condition)
        {
            throw new BodyException(BodyException.Malformed, $"{message} at IL_{offset:x4}");
        }
    }
}
