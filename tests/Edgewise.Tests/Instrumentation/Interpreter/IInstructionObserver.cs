using System.Reflection;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>Sees every instruction before it is interpreted.</summary>
internal interface IInstructionObserver
{
    /// <summary>An instruction comes next.</summary>
    /// <param name="method">The method that it is in.</param>
    /// <param name="instruction">The instruction.</param>
    /// <param name="stack">What it finds on the stack.</param>
    void Before(MethodBase method, Instruction instruction, EvaluationStack stack);
}
