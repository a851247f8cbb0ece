namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>The evaluation stack of a frame.</summary>
internal sealed class EvaluationStack
{
    private readonly List<object?> _values = [];

    /// <summary>Values on it.</summary>
    public int Count => _values.Count;

    /// <summary>Puts a value on top.</summary>
    public void Push(object? value) => _values.Add(value);

    /// <summary>Takes the value on top.</summary>
    public object? Pop()
    {
        object? value = _values[^1];
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes several values; the one on top comes last.</summary>
    public object?[] Pop(int count)
    {
        object?[] values = [.. _values.Skip(_values.Count - count)];
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    /// <summary>The value on top.</summary>
    public object? Peek() => _values[^1];

    /// <summary>A value by its place, 0 for the one on top.</summary>
    public object? Peek(int place) => _values[^(place + 1)];

    /// <summary>Takes everything.</summary>
    public void Clear() => _values.Clear();
}
