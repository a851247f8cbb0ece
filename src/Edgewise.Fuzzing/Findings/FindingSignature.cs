using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Fuzzing.Execution;
using Edgewise.Hosting.Targets;

namespace Edgewise.Fuzzing.Findings;

/// <summary>What tells one finding from another: its kind, the exception's type, and the top frames in the target's own code.</summary>
internal static class FindingSignature
{
    private const string Separator = " < ";
    private const int Frames = 3;

    /// <summary>The signature of an exception.</summary>
    /// <param name="end">How the execution ended.</param>
    /// <param name="thrown">The exception; of one that wraps another the innermost counts.</param>
    public static string Of(RunEnd end, Exception thrown)
    {
        Exception cause = Cause(thrown);
        IEnumerable<string> frames = new StackTrace(cause, fNeedFileInfo: false).GetFrames()
            .Select(frame => frame.GetMethod())
            .OfType<MethodBase>()
            .Where(method => AssemblyLoadContext.GetLoadContext(method.Module.Assembly) is InstrumentedContext)
            .Select(method => $"{method.DeclaringType?.FullName}.{method.Name}")
            .Take(Frames);
        string kind = end == RunEnd.OutOfMemory ? "oom" : "exception";
        return string.Join(Separator, [$"{kind} {cause.GetType().FullName}", .. frames]);
    }

    /// <summary>The signature of a process that died.</summary>
    /// <param name="what">How it ended, in a few words.</param>
    /// <param name="frames">Methods of the target, the innermost first.</param>
    public static string Of(string what, IEnumerable<string> frames) => string.Join(Separator, [what, .. frames.Take(Frames)]);

    /// <summary>The part of a signature before its frames.</summary>
    public static string KindOf(string signature) => signature.Split(Separator, 2)[0];

    /// <summary>The exception that others were wrapped around.</summary>
    public static Exception Cause(Exception thrown)
    {
        while (thrown is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } or TypeInitializationException && thrown.InnerException is { } inner)
        {
            thrown = inner;
        }

        return thrown;
    }
}
