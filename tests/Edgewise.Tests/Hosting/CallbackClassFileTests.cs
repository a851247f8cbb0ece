using Edgewise.Hosting;
using Edgewise.Hosting.Callbacks;
using Edgewise.Instrumentation;

namespace Edgewise.Tests.Hosting;

public sealed class CallbackClassFileTests : IDisposable
{
    // The others look different where there is one that keeps what is known of a thread.
    private static readonly string AllCallbacks = Class(CallbackSignature.All.Where(callback => callback.Method != CallbackMethods.EnterMethod));
    private static readonly string AllWithThread = Class(CallbackSignature.All.Select(callback => callback.WithThread()));

    private readonly TemporaryFolder _folder = new();

    private static string Class(IEnumerable<CallbackSignature> callbacks) => $$"""
        namespace My.Own;
        public static unsafe class Callbacks
        {
            {{string.Join('\n', callbacks.Select(callback => $"public static {callback.Result} {callback.Name}({callback.Parameters}) {{ {(callback.Result == "void" ? "" : "return 0;")} }}"))}}
            public static void Unrelated(string text) { }
        }
        """;

    [Fact]
    public void Those_that_are_handed_what_is_known_of_a_thread_are_found()
    {
        Compilation.Library(_folder, "Own", AllWithThread);

        Assert.Equal(Enum.GetValues<CallbackMethods>().Aggregate((a, b) => a | b), CallbackClassFile.Read("Own!My.Own.Callbacks", [_folder.Path]).Methods);
    }

    [Fact]
    public void Every_callback_is_found()
    {
        string path = Compilation.Library(_folder, "Own", AllCallbacks);

        CallbackClass callbacks = CallbackClassFile.Read("Own!My.Own.Callbacks", [_folder.Path]);

        Assert.Equal(("My.Own", "Callbacks", path), (callbacks.Namespace, callbacks.Name, callbacks.Path));
        Assert.Equal("Own", callbacks.AssemblyName.Name);
        Assert.Equal(Enum.GetValues<CallbackMethods>().Aggregate((a, b) => a | b) & ~CallbackMethods.EnterMethod, callbacks.Methods);
    }

    [Theory]
    [InlineData("Own")]
    [InlineData("Own.dll")]
    public void A_name_is_looked_up_beside_the_input_first_and_then_as_a_path(string name)
    {
        using var input = new TemporaryFolder();
        string beside = Compilation.Library(input, "Own", AllCallbacks);
        string elsewhere = Compilation.Library(_folder, "Own", AllCallbacks);

        Assert.Equal(beside, CallbackClassFile.Read($"{name}!My.Own.Callbacks", [input.Path]).Path);
        Assert.Equal(elsewhere, CallbackClassFile.Read($"{elsewhere}!My.Own.Callbacks", [input.Path]).Path);
        Assert.Equal(elsewhere, CallbackClassFile.Read($"{_folder.At("Own")}!My.Own.Callbacks", [input.Path]).Path);
    }

    [Theory]
    [InlineData("public static void TracePc(long point) { }", "'public static void TracePc(long)', but the callback is 'public static void TracePc(int)'")]
    [InlineData("public static int TracePc(int point) => 0;", "'public static int TracePc(int)'")]
    [InlineData("internal static void TracePc(int point) { }", "'internal static void TracePc(int)'")]
    [InlineData("public void TracePc(int point) { }", "'public void TracePc(int)'")]
    [InlineData("public static unsafe void TracePcGuard(ref uint g, int p) { }", "'public static void TracePcGuard(ref uint, int)', but the callback is 'public static void TracePcGuard(uint*, int)' or 'public static void TracePcGuard(uint*)'")]
    public void A_wrong_signature_is_shown_with_the_right_one(string method, string expected)
    {
        Compilation.Library(_folder, "Own", $"public class Callbacks {{ {method} }}");

        Assert.Contains(expected, Refusal("Own!Callbacks"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_overload_beside_a_right_method_is_no_mistake()
    {
        Compilation.Library(_folder, "Own", "public static class C { public static void TracePc(int p) { } public static void TracePc(string p) { } }");

        Assert.Equal(CallbackMethods.TracePc, CallbackClassFile.Read("Own!C", [_folder.Path]).Methods);
    }

    [Theory]
    [InlineData("Own", "PATH-or-NAME!Namespace.Type was expected")]
    [InlineData("Own!", "PATH-or-NAME!Namespace.Type was expected")]
    [InlineData("Other!C", "there is no Other.dll in")]
    [InlineData("Own!Missing", "has no class Missing")]
    [InlineData("Own!Outer.Nested", "has no class Outer.Nested")]
    [InlineData("Own!Hidden", "must be public and not generic")]
    [InlineData("Own!Generic`1", "must be public and not generic")]
    [InlineData("Own!Outer", "has none of the callbacks TracePc, TracePcGuard, TracePcGuardInit, Inline8BitCountersInit, InlineBoolFlagInit, PcsInit, Init, TraceCmp1, ")]
    public void A_class_that_cannot_serve_says_why(string text, string reason)
    {
        Compilation.Library(_folder, "Own", "public class Outer { public static class Nested { } } internal class Hidden { } public class Generic<T> { }");

        Assert.Contains(reason, Refusal(text), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Refusal(string text) => Assert.Throws<HostingException>(() => CallbackClassFile.Read(text, [_folder.Path])).Message;
}
