using System.Reflection;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

public sealed class OddBodyTests
{
    private static readonly byte[] Original = OddBodies.Image();
    private static readonly Type Before = Assembly.Load(Original).GetType("Odd")!;
    private static readonly TracedModule Recorded = new(Original, RecordedCalls.Class);
    private static readonly TracedModule Tabled = new(Original, null);

    public static TheoryData<string> Names() => [.. OddBodies.All.Select(body => body.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_makes_its_callbacks_and_returns_what_it_did(string name)
    {
        (_, _, (int a, byte b, nint c), string expected) = OddBodies.All.Single(body => body.Name == name);
        List<Edgewise.Runtime.RecentCompare> before = [.. Tabled.RecentCompares()];

        Assert.Equal($"{Before.GetMethod(name)!.Invoke(null, [a, b, c])}", Recorded.Call("Odd", name, a, b, c));
        List<TracedCall> calls = RecordedCalls.Take();

        Assert.Equal(expected, string.Join("; ", calls));
        Tabled.Call("Odd", name, a, b, c);
        Assert.Equal(LastCalls.Of(calls, Recorded), Tabled.RecentCompares().Except(before));
    }
}
