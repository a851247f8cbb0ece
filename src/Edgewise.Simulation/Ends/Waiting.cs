using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Ends;

/// <summary>
/// What an incomplete task waits for, as far as it can be told. The framework has no question for that, so private fields are read; where one is missing
/// in some version, the chain ends earlier and nothing else is lost. Only for runs that ended.
/// </summary>
internal static class Waiting
{
    private const int Longest = 64;
    // Of a task: who waits for it.
    private const string Continuations = "m_continuationObject";
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The methods that wait for each other, outermost first, and last what the innermost waits for.</summary>
    /// <param name="task">Where to begin.</param>
    /// <param name="world">The world of the run.</param>
    /// <param name="isForeign">Something in the chain waits in another world.</param>
    public static IReadOnlyList<string> ChainOf(Task task, World world, out bool isForeign)
    {
        var chain = new List<string>();
        isForeign = false;
        object? next = task;
        while (next is not null && chain.Count < Longest)
        {
            object waited = next;
            isForeign |= IsOfAnother(waited, world);
            next = FieldOf(waited, "StateMachine") is IAsyncStateMachine machine ? AwaitedBy(machine, chain) : PartOf(waited);
            if (next is null && (chain.Count == 0 || FieldOf(waited, "StateMachine") is null))
            {
                chain.Add(NameOf(waited));
            }
        }

        return chain;
    }

    private static object? AwaitedBy(IAsyncStateMachine machine, List<string> chain)
    {
        chain.Add(MethodNames.Of(machine.GetType(), "MoveNext"));
        foreach (FieldInfo field in machine.GetType().GetFields(AnyField))
        {
            // Awaiters stand in fields "<>u__1"; the ones that are not waited for are empty.
            if (field.Name.StartsWith("<>u__", StringComparison.Ordinal) && field.GetValue(machine) is { } awaiter && Inside(awaiter) is { } awaited)
            {
                return awaited;
            }
        }

        return null;
    }

    // The task or source in an awaiter of the framework.
    private static object? Inside(object awaiter) =>
        FieldOf(awaiter, "m_task") ?? (FieldOf(awaiter, "_value") is { } value ? FieldOf(value, "_obj") : null);

    // Of a task that waits for others and knows them (WhenAny, WaitAsync; not WhenAll), the first that is not complete.
    private static Task? PartOf(object waited) => waited is not Task ? null : waited.GetType().GetFields(AnyField)
        .Where(field => field.Name != Continuations)
        .SelectMany(field => field.GetValue(waited) switch
        {
            Task one => [one],
            IEnumerable several => several.OfType<Task>(),
            _ => [],
        })
        .FirstOrDefault(part => !part.IsCompleted);

    private static bool IsOfAnother(object waited, World world) => waited switch
    {
        Mailbox mailbox => mailbox.World != world,
        Task => (FieldOf(waited, Continuations) is IEnumerable several ? several.Cast<object?>() : [FieldOf(waited, Continuations)])
            .Any(continuation => continuation is not null && FieldOf(continuation, "m_syncContext") is WorldContext context && context.World != world),
        _ => false,
    };

    private static string NameOf(object waited)
    {
        if (waited is Mailbox)
        {
            return "a message";
        }

        Type type = waited.GetType();
        if (type == typeof(Task) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            return "a task that nothing completes";
        }

        // The framework's own tasks and sources are nested in what made them: SemaphoreSlim+TaskNode, Task+WhenAllPromise.
        string name = type.Name.Split('`')[0];
        return type.DeclaringType is not { } outer ? name
            : outer == typeof(Task) ? "Task." + name.Replace("Promise", "", StringComparison.Ordinal)
            : outer.Name.Split('`')[0];
    }

    private static object? FieldOf(object instance, string name)
    {
        for (Type? type = instance.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, AnyField | BindingFlags.DeclaredOnly) is { } field)
            {
                return field.GetValue(instance);
            }
        }

        return null;
    }
}
