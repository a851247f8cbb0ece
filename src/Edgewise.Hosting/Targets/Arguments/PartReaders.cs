using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>Readers of values that hold other values, any number of them or none.</summary>
internal static class PartReaders
{
    /// <summary>At this depth what may be absent is absent, so that a type that holds itself ends.</summary>
    public const int DeepestObject = 16;

    /// <summary>A value, or null; which of them is a truth value of the input.</summary>
    public static ValueReader<T?> Nullable<T>(ValueReader<T> value)
        where T : struct => (data, depth) => depth < DeepestObject && data.ConsumeBool() ? value(data, depth) : null;

    /// <summary>An object, or null.</summary>
    public static ValueReader<T?> OrNull<T>(ValueReader<T> value)
        where T : class => (data, depth) => depth < DeepestObject && data.ConsumeBool() ? value(data, depth) : null;

    /// <summary>An array: one byte says how many elements, and it is over when the input is.</summary>
    public static ValueReader<T[]> Array<T>(ValueReader<T> element) => (data, depth) => [.. Elements(element, data, depth)];

    /// <summary>A list.</summary>
    public static ValueReader<List<T>> List<T>(ValueReader<T> element) => (data, depth) => Elements(element, data, depth);

    /// <summary>A set.</summary>
    public static ValueReader<HashSet<T>> Set<T>(ValueReader<T> element) => (data, depth) => [.. Elements(element, data, depth)];

    /// <summary>A dictionary; of equal keys the last counts.</summary>
    public static ValueReader<Dictionary<TKey, TValue>> Dictionary<TKey, TValue>(ValueReader<TKey> key, ValueReader<TValue> value)
        where TKey : notnull => (data, depth) =>
        {
            var result = new Dictionary<TKey, TValue>();
            for (int left = Count(data, depth); left > 0 && data.RemainingBytes > 0; left--)
            {
                TKey name = key(data, depth);
                result[name] = value(data, depth);
            }

            return result;
        };

    /// <summary>Reads what a type comes to later: its reader is not made yet where the type holds itself.</summary>
    public static ValueReader<T> Later<T>(ReaderCell<T> cell) => (data, depth) => cell.Reader!(data, depth);

    private static List<T> Elements<T>(ValueReader<T> element, FuzzedDataProvider data, int depth)
    {
        var elements = new List<T>();
        for (int left = Count(data, depth); left > 0 && data.RemainingBytes > 0; left--)
        {
            elements.Add(element(data, depth));
        }

        return elements;
    }

    private static int Count(FuzzedDataProvider data, int depth) => depth < DeepestObject ? data.ConsumeIntegral<byte>() : 0;
}
