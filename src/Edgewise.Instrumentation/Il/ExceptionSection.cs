using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>Writes the exception clauses behind a body, ECMA-335 II.25.4.5 and 6: in the small form where all fit, as compilers do, else in the fat one.</summary>
internal static class ExceptionSection
{
    private const uint ExceptionTable = 0x01;
    private const uint FatFormat = 0x40;
    private const int HeaderSize = 4;
    private const int FatClauseSize = 24;
    private const int SmallClauseSize = 12;
    private const int MostSmallClauses = (byte.MaxValue - HeaderSize) / SmallClauseSize;

    /// <summary>Writes a section of clauses in their order, which the runtime depends on.</summary>
    /// <param name="output">Where the section goes, at the next position that four divides.</param>
    /// <param name="clauses">The clauses with their old offsets.</param>
    /// <param name="newOffset">Where an old offset went.</param>
    /// <param name="outermost">One more clause, with its new offsets; null: there is none.</param>
    public static void Write(ByteBuffer output, List<ExceptionClause> clauses, Func<int, int> newOffset, ExceptionClause? outermost = null)
    {
        List<ExceptionClause> moved = clauses.ConvertAll(clause => Move(clause, newOffset));
        if (outermost is { } added)
        {
            moved.Add(added);
        }

        output.Align(4);
        if (moved.Count <= MostSmallClauses && moved.TrueForAll(FitsSmall))
        {
            output.WriteUInt32(ExceptionTable | ((uint)(HeaderSize + (moved.Count * SmallClauseSize)) << 8));
            moved.ForEach(clause => WriteSmall(output, clause));
        }
        else
        {
            output.WriteUInt32(ExceptionTable | FatFormat | ((uint)(HeaderSize + (moved.Count * FatClauseSize)) << 8));
            moved.ForEach(clause => WriteFat(output, clause));
        }
    }

    private static ExceptionClause Move(ExceptionClause clause, Func<int, int> newOffset) => new(
        clause.Kind, newOffset(clause.TryStart), newOffset(clause.TryEnd), newOffset(clause.HandlerStart), newOffset(clause.HandlerEnd),
        clause.HasFilter ? newOffset(clause.TokenOrFilter) : clause.TokenOrFilter);

    private static bool FitsSmall(ExceptionClause clause) =>
        clause.TryStart <= ushort.MaxValue && clause.TryEnd - clause.TryStart <= byte.MaxValue
        && clause.HandlerStart <= ushort.MaxValue && clause.HandlerEnd - clause.HandlerStart <= byte.MaxValue;

    private static void WriteSmall(ByteBuffer output, ExceptionClause clause)
    {
        output.WriteUInt16((ushort)clause.Kind);
        output.WriteUInt16((ushort)clause.TryStart);
        output.WriteByte((byte)(clause.TryEnd - clause.TryStart));
        output.WriteUInt16((ushort)clause.HandlerStart);
        output.WriteByte((byte)(clause.HandlerEnd - clause.HandlerStart));
        output.WriteInt32(clause.TokenOrFilter);
    }

    private static void WriteFat(ByteBuffer output, ExceptionClause clause)
    {
        output.WriteInt32(clause.Kind);
        output.WriteInt32(clause.TryStart);
        output.WriteInt32(clause.TryEnd - clause.TryStart);
        output.WriteInt32(clause.HandlerStart);
        output.WriteInt32(clause.HandlerEnd - clause.HandlerStart);
        output.WriteInt32(clause.TokenOrFilter);
    }
}
