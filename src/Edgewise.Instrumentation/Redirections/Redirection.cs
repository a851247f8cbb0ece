using System.Reflection;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>One row of a <see cref="RedirectionTable"/>: a member, and the public static method that stands in for it, or is told of it.</summary>
/// <remarks>
/// A replacement takes what the member takes, the instance first (by reference where its type is a structure), and returns what the member returns; in place
/// of a constructor it returns the object. Type parameters of the member's type come before those of the member.
/// </remarks>
public sealed class Redirection
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private Redirection(string member, string key, RedirectionForm form, MethodInfo target, bool onStructure, bool isVirtual)
    {
        Member = member;
        Key = key;
        Form = form;
        Target = target;
        IsOnStructure = onStructure;
        IsVirtual = isVirtual;
    }

    /// <summary>Name of the member, or pattern of names: <c>System.Threading.Tasks.Task::Delay(System.Int32)</c>, <c>System.IO.File::*</c>, <c>System.IO.File::Move(*)</c>.</summary>
    public string Member { get; }

    /// <summary>What becomes of its uses.</summary>
    public RedirectionForm Form { get; }

    /// <summary>The method that is called.</summary>
    public MethodInfo Target { get; }

    /// <summary>What the row is found by.</summary>
    internal string Key { get; }

    /// <summary>The member is a structure's: its instance is a reference to one.</summary>
    internal bool IsOnStructure { get; }

    /// <summary>The member can be overridden, so that a call which is none of its slot is one of a base class.</summary>
    internal bool IsVirtual { get; }

    /// <summary>True if the row speaks of more than one member.</summary>
    internal bool IsPattern => Member.EndsWith("::*", StringComparison.Ordinal) || Member.EndsWith("(*)", StringComparison.Ordinal);

    /// <summary>What the row says, in one line.</summary>
    internal string Text => $"{Form} {Key} {IsOnStructure} {IsVirtual} {Target.DeclaringType!.Assembly.FullName} {Target.DeclaringType.FullName} {Target.Name}";

    /// <summary>A target is called in place of a member.</summary>
    /// <exception cref="ArgumentException">The target is no public static method of a public class that is neither generic nor nested, or its parameters do not fit.</exception>
    public static Redirection Replace(MethodBase member, MethodInfo target)
    {
        ArgumentNullException.ThrowIfNull(member);
        RequireCallable(target);
        string name = MemberNames.Of(member);
        string expected = TargetShapes.Expected(member);
        string actual = TargetShapes.Actual(target);
        return expected == actual
            ? new Redirection(name, MemberNames.KeyOf(member), RedirectionForm.Replace, target, member.DeclaringType!.IsValueType, member is { IsVirtual: true, IsFinal: false })
            : throw new ArgumentException($"{target.DeclaringType}.{target.Name} stands in for {name} and must be {expected}, but is {actual}", nameof(target));
    }

    /// <summary>A target is called in place of the member of a type that it fits.</summary>
    /// <param name="type">The type; a generic one open.</param>
    /// <param name="name">The method, the property whose getter it is, or <c>.ctor</c>.</param>
    /// <param name="target">Says by its parameters which overload is meant.</param>
    /// <exception cref="ArgumentException">No member of the type has the name and fits the target.</exception>
    public static Redirection ReplaceIn(Type type, string name, MethodInfo target)
    {
        ArgumentNullException.ThrowIfNull(type);
        RequireCallable(target);
        string actual = TargetShapes.Actual(target);
        MethodBase[] members = [.. type.GetMembers(Declared).OfType<MethodBase>().Where(member => member.Name == name || member.Name == "get_" + name)];
        return members.FirstOrDefault(member => TargetShapes.Expected(member) == actual) is { } found
            ? Replace(found, target)
            : throw new ArgumentException(
                $"{target.DeclaringType}.{target.Name} is {actual}, but {type}.{name} wants {string.Join(" or ", members.Select(TargetShapes.Expected))}", nameof(target));
    }

    /// <summary>A target is told, before a member is reached, of the member's name.</summary>
    /// <param name="member">The name of a member as <see cref="Member"/> has it, all of a type's (<c>Type::*</c>), or all of one name (<c>Type::Name(*)</c>).</param>
    /// <param name="target">A method that takes a string and returns nothing.</param>
    /// <exception cref="ArgumentException">The target has another form.</exception>
    public static Redirection Announce(string member, MethodInfo target)
    {
        ArgumentException.ThrowIfNullOrEmpty(member);
        RequireCallable(target);
        return TargetShapes.Actual(target) == "System.Void (System.String)"
            ? new Redirection(member, member, RedirectionForm.Announce, target, onStructure: false, isVirtual: false)
            : throw new ArgumentException($"{target.DeclaringType}.{target.Name} is told of {member} and must take a string and return nothing", nameof(target));
    }

    private static void RequireCallable(MethodInfo target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!target.IsStatic || !target.IsPublic || target.DeclaringType is not { IsPublic: true, IsGenericType: false, IsNested: false })
        {
            throw new ArgumentException(
                $"{target.DeclaringType}.{target.Name} must be a public static method of a public class that is neither generic nor nested", nameof(target));
        }
    }
}
