using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>Writes method headers, ECMA-335 II.25.4: the tiny form where it will do, else the fat one.</summary>
internal static class BodyHeader
{
    private const int TinyFormat = 2;
    private const int TinyLimit = 64;
    private const int TinyMaxStack = 8;
    private const int FatHeader = 0x3003; // fat format, three words long
    private const int FatHeaderSize = 12;
    private const int MoreSections = 0x08;
    private const int InitLocals = 0x10;

    /// <summary>Writes the header of a body whose instructions come next.</summary>
    /// <param name="output">Where it goes, a fat one at the next position that four divides.</param>
    /// <param name="body">The original body.</param>
    /// <param name="size">Bytes of the new instructions.</param>
    /// <param name="hasClauses">Exception clauses come behind them.</param>
    /// <param name="localsToken">Token of the new body's local-variable signature.</param>
    /// <param name="probeDepth">How deep a probe or another piece pushes.</param>
    /// <param name="probesOnEmptyStack">All that was added stands at the entry, where the stack is empty: then the eight places of a tiny body are enough.</param>
    /// <returns>Position of the header.</returns>
    public static int Write(ByteBuffer output, MethodBody body, int size, bool hasClauses, int localsToken, int probeDepth, bool probesOnEmptyStack)
    {
        if (body.IsTiny && !hasClauses && localsToken == 0 && size < TinyLimit && probesOnEmptyStack && probeDepth <= TinyMaxStack)
        {
            output.WriteByte((byte)((size << 2) | TinyFormat));
            return output.Position - 1;
        }

        output.Align(4);
        output.WriteUInt16((ushort)(FatHeader | (hasClauses ? MoreSections : 0) | (body.InitLocals ? InitLocals : 0)));
        output.WriteUInt16((ushort)Math.Min(ushort.MaxValue, body.MaxStack + probeDepth));
        output.WriteInt32(size);
        output.WriteInt32(localsToken);
        return output.Position - FatHeaderSize;
    }
}
