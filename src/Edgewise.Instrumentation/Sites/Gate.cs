using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Sites;

/// <summary><c>gated</c>: the test in front of a callback that passes over it while the module's gate is closed.</summary>
/// <remarks>The byte is read each time, as clang reads <c>__sancov_should_track</c>: who opens the gate need not wait for code to be compiled anew.</remarks>
internal static class Gate
{
    /// <summary>Bytes of the load of the gate: <c>ldsfld Gate; ldind.u1</c>.</summary>
    public const int LoadSize = 6;

    /// <summary>Writes the load of the gate.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="field">Token of the holder's <c>static readonly byte*</c>.</param>
    public static void Load(ByteBuffer il, int field)
    {
        Emitter.Token(il, Opcode.Ldsfld, field);
        il.WriteByte(Opcode.LdindU1);
    }

    /// <summary>Writes the test, and a branch whose target is not known yet.</summary>
    /// <returns>Where the branch's operand stands.</returns>
    public static int Open(ByteBuffer il, int field)
    {
        Load(il, field);
        il.WriteByte(Opcode.BrFalse);
        il.WriteInt32(0);
        return il.Position - sizeof(int);
    }

    /// <summary>Lets the branch lead to here.</summary>
    /// <param name="il">Where the test was written.</param>
    /// <param name="operand">What <see cref="Open"/> returned.</param>
    public static void Close(ByteBuffer il, int operand) => il.PatchInt32(operand, il.Position - operand - sizeof(int));
}
