namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>Members are announced by name before they are reached, in every form of use.</summary>
public sealed class AnnouncementTests
{
    [Theory]
    [InlineData("public static bool Run() => System.IO.File.Exists(\"/\");", "System.IO.File::Exists(System.String)", "False")]
    [InlineData("public static bool Run() { Func<string, bool> f = System.IO.File.Exists; return f(\"/\"); }", "System.IO.File::Exists(System.String)", "False")]
    [InlineData("public static int Run() { GC.Collect(0); GC.KeepAlive(1); return 1; }", "System.GC::Collect(System.Int32)", "1")]
    [InlineData("public static int Run() { GC.Collect(0, GCCollectionMode.Optimized); return 1; }", null, "1")]
    [InlineData("public static int Run() => new Stack<string>(4).Count;", "System.Collections.Generic.Stack`1::.ctor(System.Int32)", "0")]
    [InlineData("static int? s_n = 6; public static int Run() => s_n.Value;", "System.Nullable`1::get_Value()", "6")]
    [InlineData("static string M<T>(T t) => t.ToString(); public static string Run() => M(7);", "System.Object::ToString()", "7")]
    [InlineData("public static int Run() { int n = 0; for (int i = 0; i < 2; i++) { if (i == 1) GC.Collect(0); n += i; } return n; }", "System.GC::Collect(System.Int32)", "1")]
    public void A_member_is_announced_and_then_called(string members, string? announced, string result)
    {
        RedirectTargets.Announced.Clear();
        using Redirected library = Redirected.Compile(members, RedirectTables.All);

        Assert.Equal(result, library.Run());
        Assert.Equal(announced is null ? [] : [announced], RedirectTargets.Announced);
        Assert.Equal(announced is null ? 0 : 1, library.Sites.Announced.Count);
    }
}
