using System.Reflection;
using System.Text;
using Edgewise.Instrumentation.Redirections;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>The table of the tests.</summary>
internal static class RedirectTables
{
    /// <summary>A row for each kind of member.</summary>
    public static RedirectionTable All { get; } = new(
    [
        Replace(typeof(Math).GetMethod("Max", [typeof(int), typeof(int)]), nameof(RedirectTargets.Max)),
        Replace(typeof(Array).GetMethod("Empty"), nameof(RedirectTargets.Empty)),
        Replace(typeof(string).GetMethod("PadLeft", [typeof(int)]), nameof(RedirectTargets.PadLeft)),
        Replace(typeof(StringBuilder).GetMethod("Append", [typeof(string)]), nameof(RedirectTargets.Append)),
        Replace(typeof(List<>).GetMethod("Add"), nameof(RedirectTargets.Add)),
        Replace(typeof(List<>).GetMethod("ConvertAll"), nameof(RedirectTargets.ConvertAll)),
        Replace(typeof(DateTime).GetMethod("AddDays"), nameof(RedirectTargets.AddDays)),
        Replace(typeof(Nullable<>).GetMethod("GetValueOrDefault", []), nameof(RedirectTargets.GetValueOrDefault)),
        Replace(typeof(KeyValuePair<,>).GetMethod("get_Key"), nameof(RedirectTargets.Key)),
        Replace(typeof(Random).GetConstructor([]), nameof(RedirectTargets.NewRandom)),
        Replace(typeof(List<>).GetConstructor([typeof(int)]), nameof(RedirectTargets.NewList)),
        Replace(typeof(DateTimeOffset).GetConstructor([typeof(DateTime)]), nameof(RedirectTargets.NewDate)),
        Replace(typeof(Random).GetMethod("Next", [typeof(int)]), nameof(RedirectTargets.Next)),
        Replace(typeof(int).GetMethod("TryParse", [typeof(string), typeof(int).MakeByRefType()]), nameof(RedirectTargets.TryParse)),
        Replace(typeof(Interlocked).GetMethod("Increment", [typeof(int).MakeByRefType()]), nameof(RedirectTargets.Increment)),
        Replace(typeof(WaitHandle).GetMethod("WaitOne", [typeof(int)]), nameof(RedirectTargets.WaitOne)),
        Announce("System.IO.File::*"),
        Announce("System.Console::WriteLine(*)"),
        Announce("System.GC::Collect(System.Int32)"),
        Announce("System.Random::.ctor()"),
        Announce("System.Collections.Generic.Stack`1::.ctor(*)"),
        Announce("System.Nullable`1::get_Value()"),
        Announce("System.Object::ToString()"),
    ]);

    /// <summary>A row that replaces a member.</summary>
    public static Redirection Replace(MethodBase? member, string target) => Redirection.Replace(member!, Target(target));

    /// <summary>A row that announces members.</summary>
    public static Redirection Announce(string member) => Redirection.Announce(member, Target(nameof(RedirectTargets.Announce)));

    /// <summary>A method of <see cref="RedirectTargets"/>.</summary>
    public static MethodInfo Target(string name) => typeof(RedirectTargets).GetMethod(name)!;
}
