using System.Reflection;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>
/// Names methods by numbers that keep their meaning when the method's load context is gone: a point's number, or one that is given here once a
/// method is first seen.
/// </summary>
internal static class CalleeIds
{
    private const long PointTag = 1L << 32;
    private const long PlaceTag = 2L << 32;

    private static readonly object Lock = new();
    private static readonly List<CodePlace> Places = [];
    private static readonly Dictionary<CodePlace, long> Known = [];

    /// <summary>The method whose entry is a point.</summary>
    public static long OfPoint(int entryPoint) => PointTag | (uint)entryPoint;

    /// <summary>Any method that is loaded, instrumented or not. Slow, and it allocates: for a method that is seen for the first time.</summary>
    /// <returns><see cref="CallPairs.UnknownCallee"/> for one that stands in no file, or has no IL.</returns>
    public static long Of(MethodBase method)
    {
        CodePlace place = MethodPlace.Of(method);
        if (place == CodePlace.Unknown)
        {
            return CallPairs.UnknownCallee;
        }

        lock (Lock)
        {
            if (!Known.TryGetValue(place, out long id))
            {
                Known.Add(place, id = PlaceTag | (uint)Places.Count);
                Places.Add(place);
            }

            return id;
        }
    }

    /// <summary>The place that an id stands for.</summary>
    /// <param name="id">The id.</param>
    /// <param name="pointPlace">Finds the place of a process-wide point number.</param>
    public static CodePlace PlaceOf(long id, Func<int, CodePlace> pointPlace)
    {
        switch (id & ~(long)uint.MaxValue)
        {
            case PointTag:
                return pointPlace((int)id);
            case PlaceTag:
                lock (Lock)
                {
                    return (uint)id < Places.Count ? Places[(int)id] : CodePlace.Unknown;
                }

            default:
                return CodePlace.Unknown;
        }
    }
}
