using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>Each form in which C# uses a member goes to its target, with and without counters beside.</summary>
public sealed class RedirectFormTests
{
    private static readonly (string Form, string Members, string Before, string After)[] Cases =
    [
        ("static method", "public static int Run() => Math.Max(2, 3);", "3", "2003"),
        ("other overload", "public static long Run() => Math.Max(2L, 3L);", "3", "3"),
        ("generic method", "public static int Run() => Array.Empty<string>().Length;", "0", "3"),
        ("generic method over a type parameter", "static int M<T>() => Array.Empty<T[]>().Length; public static int Run() => M<int>();", "0", "3"),
        ("instance method", "public static string Run() => \"a\".PadLeft(3);", "  a", "a|3"),
        ("chain", "public static string Run() => new StringBuilder().Append(\"a\").Append(\"b\").ToString();", "ab", "<a><b>"),
        ("method of a generic class", "public static int Run() { var l = new List<int> { 7 }; l.Add(8); return l.Count; }", "2", "4"),
        ("method of a generic class over a type parameter", "static int M<T>(T t) { var l = new List<T>(); l.Add(t); return l.Count; } public static int Run() => M(\"x\");", "1", "2"),
        ("generic method of a generic class", "public static string Run() => string.Join(\",\", new List<int>(new[] { 1, 2 }).ConvertAll(i => \"s\" + i));", "s1,s2", "s2,s1"),
        ("method of a structure", "public static int Run() => new DateTime(2025, 1, 1).AddDays(1).DayOfYear;", "2", "102"),
        ("method of a structure in a field", "static DateTime s_d = new(2025, 1, 1); public static int Run() => s_d.AddDays(1).DayOfYear;", "2", "102"),
        ("method of a generic structure", "static int? s_n; public static int Run() => s_n.GetValueOrDefault();", "0", "InvalidOperationException"),
        ("property of a generic structure", "public static string Run() => new KeyValuePair<string, string>(\"k\", \"v\").Key;", "k", "v"),
        ("constructor", "public static bool Run() => new Random().Next() == new Random(5).Next();", "False", "True"),
        ("constructor of a generic class", "public static int Run() => new List<double>(3).Capacity;", "3", "1003"),
        ("constructor of a structure", "static object M(DateTime d) => new DateTimeOffset(d); public static object Run() => ((DateTimeOffset)M(new DateTime(2025, 1, 1))).Offset;", "00:00:00", "03:00:00"),
        ("constructor of a structure in a variable", "public static object Run() { DateTimeOffset d = new(new DateTime(2025, 1, 1)); Action a = () => d = d.AddDays(1); a(); return d.Offset; }", "00:00:00", "03:00:00"),
        ("constructor of a structure in an array", "public static object Run() { var a = new DateTimeOffset[2]; a[1] = new(new DateTime(2025, 1, 1)); return a[1].Offset; }", "00:00:00", "03:00:00"),
        ("virtual method", "public static int Run() => new Random(1).Next(1);", "0", "-1"),
        ("out parameter", "public static int Run() => int.TryParse(\"no number\", out int i) ? i : -1;", "-1", "4321"),
        ("reference parameter", "public static int Run() { int i = 1; Interlocked.Increment(ref i); return i; }", "2", "11"),
        ("inherited method", "public static bool Run() => new ManualResetEvent(true).WaitOne(77);", "True", "True"),
        ("delegate over a static method", "public static int Run() { Func<int, int, int> f = Math.Max; return f(2, 3); }", "3", "2003"),
        ("delegate over a generic method", "public static int Run() { Func<string[]> f = Array.Empty<string>; return f().Length; }", "0", "3"),
        ("delegate over an instance's method", "public static string Run() { Func<int, string> f = \"a\".PadLeft; return f(3); }", "  a", "a|3"),
        ("delegate over a generic instance's method", "public static int Run() { var l = new List<int>(); Action<int> f = l.Add; f(1); return l.Count; }", "1", "2"),
        ("delegate over a virtual method", "public static int Run() { Func<int, int> f = new Random(1).Next; return f(1); }", "0", "-1"),
        ("function pointer", "public static unsafe int Run() { delegate*<int, int, int> f = &Math.Max; return f(2, 3); }", "3", "2003"),
        ("method group as an argument", "public static string Run() => string.Join(\",\", Array.ConvertAll(new[] { 1, 1 }, new Random(1).Next));", "0,0", "-1,-1"),
        ("lambda", "public static int Run() { int three = 3; Func<int> f = () => Math.Max(2, three); return f(); }", "3", "2003"),
        ("iterator", "static IEnumerable<int> M() { yield return Math.Max(1, 2); yield return Math.Max(3, 4); } public static string Run() => string.Join(\",\", M());", "2,4", "1002,3004"),
        ("async method", "static async Task<int> M() { await Task.Yield(); return Math.Max(1, 2); } public static int Run() => M().Result;", "2", "1002"),
        ("handler", "public static int Run() { try { throw new Exception(); } catch (Exception) when (Math.Max(1, 2) > 0) { return Math.Max(1, 2); } finally { Math.Max(0, 0); } }", "2", "1002"),
        ("loop with branches over it", "public static int Run() { int s = 0; for (int i = 0; i < 3; i++) { if (i == 1) { Func<int, int> f = new Random(1).Next; s += f(1); } else { s += Math.Max(i, 0); } } return s; }", "2", "1999"),
    ];

    public static TheoryData<string> Forms { get; } = [.. Cases.Select(form => form.Form)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_use_in_every_form_goes_to_the_target(string form)
    {
        (_, string members, string before, string after) = Cases.Single(candidate => candidate.Form == form);
        using Redirected library = Redirected.Compile(members, RedirectTables.All);

        Assert.Equal((before, after), (library.Original(), library.Run()));
        Assert.Empty(library.Sites.LeftAlone);
        Assert.Equal(0, library.Result.Points.PointCount);
    }

    [Theory]
    [InlineData(CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable)]
    [InlineData(CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp | CoverageFeatures.IndirectCalls | CoverageFeatures.TracePcEntryExit)]
    public void All_forms_together_work_beside_other_features(CoverageFeatures features)
    {
        string classes = string.Concat(Cases.Select((form, i) => $"public static class C{i} {{ {form.Members} }} "));
        string calls = string.Join(" + \"|\" + ", Cases.Select((form, i) => form.After.EndsWith("Exception", StringComparison.Ordinal) ? "\"\"" : $"C{i}.Run()"));
        using Redirected library = Redirected.Compile($"{classes} public static string Run() => {calls};", RedirectTables.All, features);

        Assert.Equal(
            string.Join('|', Cases.Select(form => form.After.EndsWith("Exception", StringComparison.Ordinal) ? string.Empty : form.After)),
            library.Run());
        Assert.True(library.Result.Points.PointCount > Cases.Length);
    }
}
