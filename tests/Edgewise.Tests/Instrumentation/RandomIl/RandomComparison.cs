using System.Reflection;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;
using Edgewise.Tests.Instrumentation.Interpreter;
using Edgewise.Tests.Instrumentation.TraceCmp;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Brings expected and recorded callbacks into one form: sites by method and offset.</summary>
internal sealed class RandomComparison
{
    private readonly RandomModule _module;
    private readonly PointSet _points;
    private readonly int _firstSite;

    /// <summary>Prepares the comparison of a module.</summary>
    public RandomComparison(RandomModule module, Subject recorded)
    {
        _module = module;
        _points = recorded.Points;
        Type holder = recorded.Instrumented.GetType(Registration.HolderName, throwOnError: true, ignoreCase: false)!;
        _firstSite = (int)holder.GetField("FirstSite", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
    }

    /// <summary>Recorded calls with the numbers of their places; -1 where none was expected.</summary>
    public List<TracedCall> Normalize(List<TracedCall> calls) => calls.ConvertAll(call => Normalize(call, PlaceOf(_points.Sites[call.Site - _firstSite].Pc)));

    /// <summary>What differs first; empty if nothing does.</summary>
    public string Difference(List<TracedCall> expected, List<TracedCall> calls)
    {
        int same = 0;
        while (same < expected.Count && same < calls.Count && expected[same] == calls[same])
        {
            same++;
        }

        string Next(List<TracedCall> from) => string.Join("; ", from.Skip(same).Take(3).Select(call => $"{PlaceText(call.Site)} {call}"));
        return same == expected.Count && same == calls.Count ? "" : $"call {same} of {expected.Count}: expected {Next(expected)}, found {Next(calls)}";
    }

    /// <summary>A method's instructions, for the message of a test that fails.</summary>
    public static string Listing(MethodBase method) => string.Join('\n', Disassembly.Of(method.GetMethodBody()!.GetILAsByteArray()));

    /// <summary>What a table must hold after calls.</summary>
    public string Last(List<TracedCall> calls) => string.Join("; ", calls.GroupBy(call => call.Site).OrderBy(site => site.Key).Select(site => site.Last()).Where(call => IsKept(call)).Select(call =>
        $"{PlaceText(call.Site)} {(call.Name.StartsWith("Const", StringComparison.Ordinal) ? (call.Second, call.First) : (Kept(call), call.Second))}"));

    /// <summary>What the table holds.</summary>
    public string Last(CoverageModule table) => string.Join("; ", table.RecentCompares()
        .Select(found => (Place: PlaceOf(found.Pc), found.Left, found.Right)).OrderBy(found => found.Place).Select(found =>
            $"{PlaceText(found.Place)} {(found.Place < 0 ? (0, 0) : (ExpectedCalls.Canonical(found.Left, SiteAt(found.Place)), ExpectedCalls.Canonical(found.Right, SiteAt(found.Place))))}"));

    // What looks like an empty slot is lost (see CompareSlots).
    private bool IsKept(TracedCall call) => Kept(call) != CompareSlots.Empty && call.Second != CompareSlots.Empty;

    // Callbacks get each index as wide as an address, slots as wide as it is.
    private ulong Kept(TracedCall call) => SiteAt(call.Site) is { Kind: SiteKind.Index, Width: sizeof(uint) } ? (uint)call.First : call.First;

    private ExpectedSite SiteAt(int place) => _module.Sites[_module.Places[place]];

    private string PlaceText(int place) => place < 0 ? "nowhere" : $"{_module.Places[place].Token:x8}+{_module.Places[place].Offset:x4}";

    private TracedCall Normalize(TracedCall call, int place) => place < 0 ? call with { Site = -1 } : call with
    {
        Site = place,
        First = ExpectedCalls.Canonical(call.First, SiteAt(place)),
        Second = ExpectedCalls.Canonical(call.Second, SiteAt(place)),
    };

    private int PlaceOf(int pc)
    {
        PointMethod owner = Array.FindLast(_points.Methods, method => method.Rva <= pc && pc < method.Rva + method.CodeSize);
        int found = _module.Places.BinarySearch((owner.Token, pc - owner.Rva));
        return found < 0 ? -1 : found;
    }
}
