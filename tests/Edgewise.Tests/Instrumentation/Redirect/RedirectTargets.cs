using System.Text;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>Targets that give away that they were called. Public, since other assemblies call them.</summary>
public static class RedirectTargets
{
    [ThreadStatic]
    private static List<string>? t_announced;

    /// <summary>What was announced on this thread.</summary>
    public static List<string> Announced => t_announced ??= [];

    public static int Max(int a, int b) => (1000 * a) + b;

    public static T[] Empty<T>() => new T[3];

    public static string PadLeft(string text, int width) => $"{text}|{width}";

    public static StringBuilder Append(StringBuilder builder, string? text) => builder.Append('<').Append(text).Append('>');

    public static void Add<T>(List<T> list, T item)
    {
        list.Add(item);
        list.Add(item);
    }

    public static List<TOutput> ConvertAll<T, TOutput>(List<T> list, Converter<T, TOutput> converter)
    {
        List<TOutput> converted = list.ConvertAll(converter);
        converted.Reverse();
        return converted;
    }

    public static DateTime AddDays(ref DateTime date, double days) => date.AddDays(days + 100);

    public static T GetValueOrDefault<T>(ref T? value) where T : struct => value is null ? throw new InvalidOperationException("redirected") : value.Value;

    public static TKey Key<TKey, TValue>(ref KeyValuePair<TKey, TValue> pair) => pair.Value is TKey key ? key : pair.Key;

    public static Random NewRandom() => new(5);

    public static List<T> NewList<T>(int capacity) => new(capacity + 1000);

    public static DateTimeOffset NewDate(DateTime date) => new(date.Ticks, TimeSpan.FromHours(3));

    public static int Next(Random random, int bound) => random is null ? -2 : -bound;

    public static bool TryParse(string? text, out int value)
    {
        value = 4321;
        return text == "no number";
    }

    public static int Increment(ref int value) => value += 10;

    public static bool WaitOne(WaitHandle handle, int milliseconds) => handle.WaitOne(0) && milliseconds == 77;

    public static void Announce(string member) => Announced.Add(member);
}
