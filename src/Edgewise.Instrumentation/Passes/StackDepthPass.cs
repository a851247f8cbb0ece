using System.Buffers;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>stack-depth</c>: tells how deep the stack is, where a method that calls others is entered.</summary>
/// <param name="callbacks">Binds the callback.</param>
/// <remarks>
/// The address is that of a local variable, for IL has no name for the frame. Its type is used for nothing else, because a variable whose address is
/// taken can be in no register. Methods that call nobody can go no deeper than their caller's next call, as in LLVM.
/// </remarks>
internal sealed class StackDepthPass(CallbackBinder callbacks) : SitePass
{
    private const byte FrameMark = ElementCode.SByte;
    private const int Depth = 1;

    private static readonly SearchValues<byte> Calls = SearchValues.Create([Opcode.Call, Opcode.Calli, Opcode.Callvirt, Opcode.Newobj]);

    public override string Feature => "stack-depth";

    public override SiteKinds Wanted => SiteKinds.None;

    public override bool IsGated => false;

    public override void Enter(ReadOnlySpan<byte> code, SiteContext context)
    {
        if (!CallsMethods(code, context.Body))
        {
            return;
        }

        ByteBuffer il = context.Begin(0);
        Locals.LoadAddress(il, context.Temporary(FrameMark, 0));
        il.WriteByte(Opcode.ConvU);
        Emitter.Token(il, Opcode.Call, callbacks.Token(CallbackMethods.StackDepth));
        context.End(Depth);
    }

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context) =>
        SiteOutcome.Ignored;

    private static bool CallsMethods(ReadOnlySpan<byte> code, MethodBody body)
    {
        // The body knows whether it calls at all, class constructors at static fields included.
        for (int offset = 0; body.Calls && offset < code.Length; offset++)
        {
            int next = code[offset..].IndexOfAny(Calls);
            if (next < 0)
            {
                return false;
            }

            offset += next;
            if ((body.Marks[offset] & MethodBody.InstructionStart) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
