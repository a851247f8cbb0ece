using System.Reflection;
using System.Reflection.Metadata;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>One running method: its arguments, variables and stack, and where control goes (ECMA-335 I.12.4).</summary>
internal sealed class Frame
{
    private readonly Interpreter _interpreter;
    private readonly MethodBase _method;
    private readonly InterpretedBody _body;
    private readonly EvaluationStack _stack = new();
    private readonly InstructionEffects _effects;
    private readonly Dictionary<int, Exception> _caught = [];
    private int _current;
    private (int Start, int End) _escaped;

    /// <summary>Makes the frame of a call.</summary>
    public Frame(Interpreter interpreter, MethodBase method, InterpretedBody body, object?[] arguments)
    {
        _interpreter = interpreter;
        _method = method;
        _body = body;
        object?[] locals = [.. body.Locals.Select(StackValue.Default)];
        _effects = new InstructionEffects(interpreter, method, body.Locals, arguments, locals, _stack);
    }

    /// <summary>Runs the method to its end.</summary>
    /// <returns>What it returned, as a stack value.</returns>
    public object? Run() => RunRegion(0, 0, int.MaxValue);

    // Runs from an instruction to `ret`, `endfinally` or `endfilter`. Exceptions are handled by clauses within the region only: the region is
    // the whole body, or a finally, fault or filter block that is run on the way out of a protected one.
    private object? RunRegion(int index, int start, int end)
    {
        _stack.Clear();
        while (true)
        {
            GuestException thrown;
            try
            {
                return Execute(index);
            }
            catch (GuestException exception)
            {
                thrown = exception;
            }

            index = FindHandler(thrown, start, end);
        }
    }

    private int FindHandler(GuestException thrown, int start, int end)
    {
        while (true)
        {
            try
            {
                int index = Unwind(thrown, start, end);
                if (index >= 0)
                {
                    return index;
                }

                break;
            }
            catch (GuestException exception)
            {
                // A finally or fault block threw: from here on its exception is the one that looks for a handler.
                thrown = exception;
            }
        }

        throw thrown;
    }

    private object? Execute(int index)
    {
        while (true)
        {
            _current = index;
            Instruction instruction = _body.Instructions[index];
            _interpreter.Step(_method, instruction, _stack);
            _body.Executions[index]++;
            var opcode = (ILOpCode)(ushort)instruction.OpCode.Value;
            switch (opcode)
            {
                case ILOpCode.Ret:
                    return _stack.Count > 0 ? _stack.Pop() : null;
                case ILOpCode.Endfinally:
                    return null;
                case ILOpCode.Endfilter:
                    return _stack.Pop();
                case ILOpCode.Throw:
                    throw _stack.Pop() is Exception exception ? new GuestException(exception) : GuestException.NullReference();
                case ILOpCode.Rethrow:
                    throw new GuestException(InnermostCaught(instruction.Offset));
                case ILOpCode.Leave or ILOpCode.Leave_s:
                    Leave(instruction.Offset, (int)instruction.Operand);
                    _stack.Clear();
                    index = _body.IndexAt((int)instruction.Operand);
                    break;
                case ILOpCode.Br or ILOpCode.Br_s:
                    index = _body.IndexAt((int)instruction.Operand);
                    break;
                case ILOpCode.Switch:
                    uint arm = unchecked((uint)(int)_stack.Pop()!);
                    int[] targets = instruction.Targets!;
                    _body.Ways[index][arm < targets.Length ? arm + 1 : 0]++;
                    index = arm < targets.Length ? _body.IndexAt(targets[arm]) : index + 1;
                    break;
                default:
                    if (instruction.IsConditional)
                    {
                        bool taken = _effects.IsTaken(opcode);
                        _body.Ways[index][taken ? 1 : 0]++;
                        index = taken ? _body.IndexAt((int)instruction.Operand) : index + 1;
                    }
                    else
                    {
                        _effects.Apply(opcode, instruction);
                        index++;
                    }

                    break;
            }
        }
    }

    // First pass: who catches it? Second pass: finally and fault blocks on the way there. -1 where nobody in the region does.
    private int Unwind(GuestException exception, int start, int end)
    {
        int thrownAt = _current;
        int offset = _body.Instructions[_current].Offset;
        (int Start, int End) escaped = _escaped;
        _escaped = default;
        bool Concerns(ExceptionHandlingClause clause) => Protects(clause, offset) && IsWithin(clause, start, end) && !IsWithin(clause, escaped.Start, escaped.End);

        int catching = Array.FindIndex(_body.Clauses, clause => Concerns(clause) && Catches(clause, exception.Thrown));
        foreach (ExceptionHandlingClause clause in catching < 0 ? _body.Clauses : _body.Clauses.AsSpan(0, catching))
        {
            if (Concerns(clause) && clause.Flags is (ExceptionHandlingClauseOptions.Finally or ExceptionHandlingClauseOptions.Fault))
            {
                RunHandler(clause);
            }
        }

        _current = thrownAt;
        if (catching < 0)
        {
            return -1;
        }

        _stack.Clear();
        _stack.Push(exception.Thrown);
        _caught[catching] = exception.Thrown;
        return _body.IndexAt(_body.Clauses[catching].HandlerOffset);
    }

    private bool Catches(ExceptionHandlingClause clause, Exception exception)
    {
        if (clause.Flags == ExceptionHandlingClauseOptions.Clause)
        {
            return clause.CatchType!.IsInstanceOfType(exception);
        }

        if (clause.Flags != ExceptionHandlingClauseOptions.Filter)
        {
            return false;
        }

        int current = _current;
        try
        {
            return RunFilter(clause, exception);
        }
        finally
        {
            _current = current;
        }
    }

    private bool RunFilter(ExceptionHandlingClause clause, Exception exception)
    {
        _stack.Clear();
        _stack.Push(exception);
        try
        {
            int index = _body.IndexAt(clause.FilterOffset);
            while (true)
            {
                GuestException thrown;
                try
                {
                    return StackValue.IsTrue(Execute(index));
                }
                catch (GuestException inner)
                {
                    thrown = inner;
                }

                index = FindHandler(thrown, clause.FilterOffset, clause.HandlerOffset);
            }
        }
        catch (GuestException)
        {
            // An exception that leaves a filter means no (ECMA-335 I.12.4.2.8.1.1).
            return false;
        }
    }

    private void Leave(int from, int to)
    {
        foreach (ExceptionHandlingClause clause in _body.Clauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Finally && Protects(clause, from) && !Protects(clause, to))
            {
                RunHandler(clause);
            }
        }
    }

    private void RunHandler(ExceptionHandlingClause clause)
    {
        int end = clause.HandlerOffset + clause.HandlerLength;
        try
        {
            RunRegion(_body.IndexAt(clause.HandlerOffset), clause.HandlerOffset, end);
        }
        catch (GuestException)
        {
            // Its own clauses have had their turn; those around the block come next.
            _escaped = (clause.HandlerOffset, end);
            throw;
        }
    }

    private Exception InnermostCaught(int offset)
    {
        for (int i = 0; i < _body.Clauses.Length; i++)
        {
            ExceptionHandlingClause clause = _body.Clauses[i];
            if (offset >= clause.HandlerOffset && offset < clause.HandlerOffset + clause.HandlerLength && _caught.TryGetValue(i, out Exception? exception))
            {
                return exception;
            }
        }

        throw new NotInterpretableException("a rethrow outside a handler");
    }

    private static bool Protects(ExceptionHandlingClause clause, int offset) =>
        offset >= clause.TryOffset && offset < clause.TryOffset + clause.TryLength;

    private static bool IsWithin(ExceptionHandlingClause clause, int start, int end) =>
        clause.TryOffset >= start && clause.TryOffset + clause.TryLength <= end;
}
