using System.Reflection;
using System.Text;
using Edgewise.Instrumentation.Redirections;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>Rows and tables of redirections say what is wrong with them.</summary>
public sealed class RedirectionTests
{
    [Theory]
    [InlineData("PadLeft", "Math.Max", "stands in for System.Math::Max(System.Int32, System.Int32) and must be System.Int32 (System.Int32, System.Int32), but is System.String (System.String, System.Int32)")]
    [InlineData("Max", "List.Add", "must be `1 System.Void (System.Collections.Generic.List`1<!!0>, !!0), but is System.Int32 (System.Int32, System.Int32)")]
    [InlineData("Max", "DateTime.AddDays", "must be System.DateTime (System.DateTime&, System.Double), but is")]
    public void A_target_that_does_not_fit_is_refused_with_what_was_expected(string target, string member, string message)
    {
        MethodInfo redirected = member switch
        {
            "Math.Max" => typeof(Math).GetMethod("Max", [typeof(int), typeof(int)])!,
            "List.Add" => typeof(List<>).GetMethod("Add")!,
            _ => typeof(DateTime).GetMethod("AddDays")!,
        };

        ArgumentException error = Assert.Throws<ArgumentException>(() => Redirection.Replace(redirected, RedirectTables.Target(target)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_must_be_callable_from_other_assemblies()
    {
        MethodInfo hidden = typeof(RedirectionTests).GetMethod(nameof(Hidden), BindingFlags.NonPublic | BindingFlags.Static)!;

        ArgumentException error = Assert.Throws<ArgumentException>(() => Redirection.Announce("A::*", hidden));

        Assert.Contains("must be a public static method of a public class", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_rows_of_one_member_are_refused()
    {
        Redirection row = RedirectTables.Replace(typeof(List<>).GetMethod("Add"), nameof(RedirectTargets.Add));
        Redirection again = RedirectTables.Replace(typeof(List<string>).GetMethod("Add"), nameof(RedirectTargets.Add));

        ArgumentException error = Assert.Throws<ArgumentException>(() => new RedirectionTable([row, again]));

        Assert.Contains("System.Collections.Generic.List`1::Add(!0) has two rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_depends_on_what_the_rows_say_and_not_on_their_order()
    {
        IReadOnlyList<Redirection> rows = RedirectTables.All.Rows;

        byte[] whole = RedirectTables.All.Hash.ToArray();

        Assert.Equal(whole, new RedirectionTable(rows.Reverse()).Hash.ToArray());
        Assert.NotEqual(whole, new RedirectionTable(rows.Skip(1)).Hash.ToArray());
        Assert.Equal(32, whole.Length);
    }

    [Theory]
    [InlineData(typeof(StringBuilder), "AppendJoin", "System.Text.StringBuilder::AppendJoin(System.String, System.Collections.Generic.IEnumerable`1<!!0>)")]
    [InlineData(typeof(Dictionary<int, string>), "TryGetValue", "System.Collections.Generic.Dictionary`2::TryGetValue(!0, !1&)")]
    [InlineData(typeof(RedirectTables), "Replace", "[Edgewise.Tests]Edgewise.Tests.Instrumentation.Redirect.RedirectTables::Replace(System.Reflection.MethodBase, System.String)")]
    public void Members_are_named_by_type_name_and_parameters_and_foreign_types_by_their_assembly_too(Type type, string method, string name)
    {
        MethodInfo member = type.GetMethods().First(candidate => candidate.Name == method && MemberNames.Of(candidate) == name);

        Assert.Equal(name, MemberNames.Of(member));
    }

    private static void Hidden(string member) => _ = member;
}
