using System.Reflection.Metadata;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-pc-entry-exit</c>: a callback when a method is entered, and one whenever it is left.</summary>
/// <param name="firstPoint">Token of the holder's number of the module's first point.</param>
/// <param name="entry">Token of <c>TracePcEntry</c>; 0: nobody wants to know.</param>
/// <param name="exit">Token of <c>TracePcExit</c>; 0: nobody wants to know.</param>
/// <remarks>
/// The whole body becomes a <c>try</c> with a <c>finally</c> that calls back, so that exceptions are seen; <c>ret</c> becomes <c>leave</c> to a <c>ret</c> behind it. A body with
/// <c>tail.</c> calls or <c>jmp</c> cannot stand in a region (ECMA-335 III.2.4, III.3.37) without losing them: there the callback stands in front of these and of each <c>ret</c>,
/// and exceptions that come out of it are not seen.
/// </remarks>
internal sealed class EntryExitPass(int firstPoint, int entry, int exit)
{
    private const byte Jmp = 0x27;
    private const byte Endfinally = 0xDC;
    private const int Depth = 2;
    private const int RuntimeAsync = 0x2000;

    private readonly List<int> _returns = [];
    private readonly List<int> _tails = [];

    /// <summary>Puts the callbacks of a body into its frame and its insertions, which are empty of them.</summary>
    /// <param name="code">Its IL.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="reader">Metadata of the original module.</param>
    /// <param name="row">MethodDef row.</param>
    /// <param name="implFlags">The method's implementation flags.</param>
    /// <param name="point">Number of its entry's point within the module.</param>
    /// <param name="frame">Gets what stands around the blocks.</param>
    /// <param name="insertions">Gets what stands in front of exits, or in their place.</param>
    /// <param name="locals">Gets the variable for the result.</param>
    /// <exception cref="BodyException">The type of the result is not known.</exception>
    public void Apply(
        ReadOnlySpan<byte> code, MethodBody body, MetadataReader reader, int row, uint implFlags, int point, BodyFrame frame, BodyInsertions insertions,
        LocalSignatures locals)
    {
        if (entry != 0)
        {
            Call(frame.Prologue, entry, point);
        }

        if (exit == 0)
        {
            return;
        }

        FindExits(code, body);
        if (_tails.Count > 0)
        {
            foreach (int offset in (IEnumerable<int>)[.. _tails, .. _returns])
            {
                Call(insertions.Begin(offset), exit, point);
                insertions.End(Depth);
            }

            return;
        }

        byte[] result = ReturnType.Of(reader, row, (implFlags & RuntimeAsync) != 0);
        int variable = result.Length == 0 || _returns.Count == 0 ? -1 : locals.Variable(result);
        foreach (int offset in _returns)
        {
            ByteBuffer il = insertions.Begin(offset, 1);
            if (variable >= 0)
            {
                Locals.Store(il, variable);
            }

            il.WriteByte(Opcode.Leave);
            il.WriteInt32(0);
            insertions.End(Depth, leavesBody: true);
        }

        Call(frame.Handler, exit, point);
        frame.Handler.WriteByte(Endfinally);
        WriteEnd(frame.End, variable);
    }

    // Where nothing returns, nothing leads here.
    private void WriteEnd(ByteBuffer il, int variable)
    {
        if (_returns.Count == 0)
        {
            return;
        }

        if (variable >= 0)
        {
            Locals.Load(il, variable);
        }

        il.WriteByte(Opcode.Ret);
    }

    // A ret that is glued belongs to a tail call, which has the callback already.
    private void FindExits(ReadOnlySpan<byte> code, MethodBody body)
    {
        _returns.Clear();
        _tails.Clear();
        int first = -1;
        for (int offset = 0; offset < code.Length; offset++)
        {
            byte mark = body.Marks[offset];
            if ((mark & MethodBody.InstructionStart) == 0)
            {
                continue;
            }

            bool isGlued = (mark & MethodBody.Glued) != 0;
            first = isGlued ? first : offset;
            switch (code[offset])
            {
                case Jmp:
                    _tails.Add(first);
                    break;
                case Opcode.Ret when !isGlued:
                    _returns.Add(offset);
                    break;
                case OpcodeTable.TwoBytePrefix when code[offset + 1] == Opcode.TailSecond:
                    _tails.Add(first);
                    break;
            }
        }
    }

    private void Call(ByteBuffer il, int callback, int point)
    {
        Emitter.Address(il, firstPoint, point);
        Emitter.Token(il, Opcode.Call, callback);
    }
}
