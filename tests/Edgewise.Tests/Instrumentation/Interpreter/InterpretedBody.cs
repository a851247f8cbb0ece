using System.Reflection;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>A decoded body, and how often each of its instructions ran and each of its branches went each way.</summary>
internal sealed class InterpretedBody
{
    private readonly Dictionary<int, int> _indices = [];

    /// <summary>Decodes the body of a method; null where there is none that can be interpreted.</summary>
    public static InterpretedBody? Of(MethodBase method)
    {
        System.Reflection.MethodBody? body = method.GetMethodBody();
        return body?.GetILAsByteArray() is { } il ? new InterpretedBody(il, body) : null;
    }

    private InterpretedBody(byte[] il, System.Reflection.MethodBody body)
    {
        Instructions = [.. Disassembly.Of(il)];
        Clauses = [.. body.ExceptionHandlingClauses];
        Locals = [.. body.LocalVariables.Select(local => local.LocalType)];
        Executions = new long[Instructions.Length];
        Ways = new long[Instructions.Length][];
        for (int i = 0; i < Instructions.Length; i++)
        {
            _indices[Instructions[i].Offset] = i;
            Ways[i] = Instructions[i].IsConditional ? new long[1 + (Instructions[i].Targets?.Length ?? 1)] : [];
        }
    }

    /// <summary>The instructions in order.</summary>
    public Instruction[] Instructions { get; }

    /// <summary>Exception clauses in order, inner ones first.</summary>
    public ExceptionHandlingClause[] Clauses { get; }

    /// <summary>Types of the local variables.</summary>
    public Type[] Locals { get; }

    /// <summary>How often each instruction ran.</summary>
    public long[] Executions { get; }

    /// <summary>Per conditional branch how often it fell through, and how often it took its target or each arm.</summary>
    public long[][] Ways { get; }

    /// <summary>Index of the instruction at an offset.</summary>
    public int IndexAt(int offset) => _indices[offset];

    /// <summary>Forgets what was counted.</summary>
    public void Reset()
    {
        Array.Clear(Executions);
        foreach (long[] ways in Ways)
        {
            Array.Clear(ways);
        }
    }
}
