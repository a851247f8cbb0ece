namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>The program needs something that the interpreter has not: raw memory, a call that could come back uncounted, too much time.</summary>
internal sealed class NotInterpretableException(string reason) : Exception(reason);
