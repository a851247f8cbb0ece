using System.Diagnostics.CodeAnalysis;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>An exception of the program that is interpreted, on its way to a handler there.</summary>
internal sealed class GuestException(Exception thrown) : Exception(null, thrown)
{
    /// <summary>What the program threw.</summary>
    public Exception Thrown => InnerException!;

    /// <summary>What the runtime throws where null is used as an object.</summary>
    [SuppressMessage("Usage", "CA2201", Justification = "The interpreter is the runtime here.")]
    public static GuestException NullReference() => new(new NullReferenceException());

    /// <summary>What the runtime throws where an array has no such element.</summary>
    [SuppressMessage("Usage", "CA2201", Justification = "The interpreter is the runtime here.")]
    public static GuestException IndexOutOfRange() => new(new IndexOutOfRangeException());
}
