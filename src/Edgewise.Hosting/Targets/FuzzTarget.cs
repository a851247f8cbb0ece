using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets;

/// <summary>A static method that a fuzzer calls with inputs, bound so that a call costs next to nothing.</summary>
public sealed class FuzzTarget
{
    private readonly ReturnedValue _returned;

    private FuzzTarget(MethodInfo method, FuzzTargetAttribute? attribute, FuzzTargetRun run, ReturnedValue returned)
    {
        _returned = returned;
        Method = method;
        Spelling = MethodSpelling.Short(method);
        Signature = MethodSpelling.Long(method);
        Name = NameOf(method, attribute);
        MaxLength = attribute?.MaxLength > 0 ? attribute.MaxLength : null;
        Dictionary = attribute?.Dictionary;
        Seeds = attribute?.Seeds;
        Expected = new ExpectedExceptions(TargetAttributes.Expected(method));
        Run = run;
    }

    /// <summary>The name by which commands and reports call it.</summary>
    public string Name { get; }

    /// <summary><c>Namespace.Type.Method</c>.</summary>
    public string Spelling { get; }

    /// <summary>The spelling with the types of the parameters, which no overload shares.</summary>
    public string Signature { get; }

    /// <summary>The method.</summary>
    public MethodInfo Method { get; }

    /// <summary>Length in bytes of the longest input that makes sense; null if the target does not say.</summary>
    public int? MaxLength { get; }

    /// <summary>Path of a dictionary, relative to the folder of the assembly; null for none.</summary>
    public string? Dictionary { get; }

    /// <summary>Path of a folder with first inputs, relative to the folder of the assembly; null for none.</summary>
    public string? Seeds { get; }

    /// <summary>What it may throw without that being a crash.</summary>
    public ExpectedExceptions Expected { get; }

    /// <summary>Executes it once. Only one thread may do so at a time: what is passed to it is used again for the next run.</summary>
    public FuzzTargetRun Run { get; }

    /// <summary>Finds the parts of an input that its parameters are read of; null where it takes inputs whole.</summary>
    public InputParts? Parts => field ??= TargetBinding.BindParts(Method);

    /// <summary>True where the last execution that returned rejected its input: a method that returns -1, as libFuzzer has it.</summary>
    public bool HasRejected => _returned.IsRejection;

    /// <summary>Binds a method.</summary>
    /// <exception cref="HostingException">It cannot be a target; the message says why, and what can.</exception>
    public static FuzzTarget Bind(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Bind(method, out string? problem) ?? throw new HostingException($"{MethodSpelling.Long(method)} cannot be a fuzz target: {problem}; {TargetBinding.Accepted}");
    }

    /// <summary>
    /// Runs the initialisers of the module and of the class now, where a failure can be told apart from one of an input. Left out, they run with the first
    /// input, and a failure is a <see cref="TypeInitializationException"/> of that and each further one.
    /// </summary>
    /// <exception cref="HostingException">One of them failed; the message and the inner exception say how.</exception>
    public void Initialize()
    {
        try
        {
            RuntimeHelpers.RunModuleConstructor(Method.Module.ModuleHandle);
            RuntimeHelpers.RunClassConstructor(Method.DeclaringType!.TypeHandle);
        }
        catch (TypeInitializationException failure)
        {
            Exception cause = failure.InnerException ?? failure;
            throw new HostingException($"{Spelling}: the static constructor of {failure.TypeName} failed, so the target cannot run: {cause.GetType().FullName}: {cause.Message}", cause);
        }
    }

    /// <summary>The name by which commands and reports call a target.</summary>
    internal static string NameOf(MethodInfo method, FuzzTargetAttribute? attribute) =>
        string.IsNullOrWhiteSpace(attribute?.Name) ? MethodSpelling.Short(method) : attribute.Name;

    /// <summary>Binds a method if it can be a target.</summary>
    /// <param name="method">The method.</param>
    /// <param name="problem">Why it cannot; null if it can.</param>
    internal static FuzzTarget? Bind(MethodInfo method, out string? problem)
    {
        try
        {
            var returned = new ReturnedValue();
            FuzzTargetRun? run = TargetBinding.Bind(method, returned, out problem);
            return run is null ? null : new FuzzTarget(method, TargetAttributes.Of(method), run, returned);
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException or TypeLoadException or BadImageFormatException)
        {
            throw new HostingException($"{MethodSpelling.Short(method)} cannot be a fuzz target: what it needs is not there or cannot be loaded: {failure.Message}", failure);
        }
    }
}
