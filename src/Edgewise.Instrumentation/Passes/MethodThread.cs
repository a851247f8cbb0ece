using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>What a callback class knows of its thread, in the method at hand: fetched once at the entry, and kept in a local variable.</summary>
/// <param name="callbacks">Binds <c>EnterMethod</c>.</param>
/// <remarks>
/// A method that the runtime itself suspends (<c>MethodImplOptions.Async</c>) may go on on another thread, with its variables: there it is fetched each time. The
/// methods of compilers' state machines are entered anew for each step.
/// </remarks>
internal sealed class MethodThread(CallbackBinder callbacks)
{
    private const int CallSize = 5;
    private const byte NativeInt = 0x18;
    private const int None = -1;

    private LocalSignatures? _locals;
    private int _variable;

    /// <summary>Makes ready for another method.</summary>
    /// <param name="locals">Where the variable is added; null: the thread may change.</param>
    public void Begin(LocalSignatures? locals)
    {
        _locals = locals;
        _variable = None;
    }

    /// <summary>Reserves the variable, which must be done before the signature of locals is written.</summary>
    public void Need()
    {
        if (_variable == None && _locals is not null)
        {
            _variable = _locals.Reserve(NativeInt);
        }
    }

    /// <summary>Bytes of <see cref="Load"/>, where the variable is reserved.</summary>
    public int LoadSize => _locals is null ? CallSize : Locals.LoadSize(_variable);

    /// <summary>Pushes it.</summary>
    public void Load(ByteBuffer il)
    {
        Need();
        if (_locals is null)
        {
            Emitter.Token(il, Opcode.Call, callbacks.Token(CallbackMethods.EnterMethod));
        }
        else
        {
            Locals.Load(il, _variable);
        }
    }

    /// <summary>Fetches it at the entry, where anything needs it.</summary>
    public void Fetch(ByteBuffer prologue)
    {
        if (_variable != None)
        {
            Emitter.Token(prologue, Opcode.Call, callbacks.Token(CallbackMethods.EnterMethod));
            Locals.Store(prologue, _variable);
        }
    }
}
