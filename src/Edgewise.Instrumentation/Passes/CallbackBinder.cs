using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Binds callbacks to the user's class where that declares them, else to the Runtime's.</summary>
/// <param name="holder">Where references are added.</param>
/// <param name="named">The user's class, or null.</param>
internal sealed class CallbackBinder(HolderRows holder, CallbackClass? named)
{
    private readonly Dictionary<CallbackMethods, int> _tokens = [];
    private bool _callsRuntime;

    /// <summary>True if the user's class declares a callback.</summary>
    public bool IsNamed(CallbackMethods method) => Declares(named, method);

    /// <summary>True if the user's class wants to be handed what it knows of the thread.</summary>
    public bool KeepsThread => IsNamed(CallbackMethods.EnterMethod);

    /// <summary>True if a callback is handed what the user's class knows of the thread.</summary>
    public bool TakesThread(CallbackMethods method) => KeepsThread && IsNamed(method) && (method & CallbackSignature.PerThread) != 0;

    /// <summary>True if the callback has somewhere to go.</summary>
    public bool IsBound(CallbackMethods method) => Declares(named, method) || Declares(RuntimeCallbacks.Class, method);

    /// <summary>Token of a callback.</summary>
    public int Token(CallbackMethods method)
    {
        if (!_tokens.TryGetValue(method, out int token))
        {
            CallbackSignature signature = CallbackSignature.Of(method);
            CallbackClass target = IsNamed(method) ? named! : RuntimeCallbacks.Class;
            _callsRuntime |= !IsNamed(method);
            token = holder.Callback(target, signature.Name, (TakesThread(method) ? signature.WithThread() : signature).Encode());
            _tokens.Add(method, token);
        }

        return token;
    }

    /// <summary>Token of a method of the Runtime's that no class of the user's can stand in for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="like">A callback with the same parameters.</param>
    public int RuntimeToken(string name, CallbackMethods like)
    {
        _callsRuntime = true;
        return holder.Callback(RuntimeCallbacks.Class, name, CallbackSignature.Of(like).Encode());
    }

    /// <summary>Tokens of the <c>Init</c> of each class that is called: the Runtime's first, so that the other finds a host.</summary>
    public IReadOnlyList<int> Inits()
    {
        List<int> inits = [];
        if (_callsRuntime)
        {
            CallbackSignature init = CallbackSignature.Of(CallbackMethods.Init);
            inits.Add(holder.Callback(RuntimeCallbacks.Class, init.Name, init.Encode()));
        }

        if (_tokens.Count > 0 && IsNamed(CallbackMethods.Init))
        {
            inits.Add(Token(CallbackMethods.Init));
        }

        return inits;
    }

    private static bool Declares(CallbackClass? callbacks, CallbackMethods method) => callbacks is not null && (callbacks.Methods & method) != 0;
}
