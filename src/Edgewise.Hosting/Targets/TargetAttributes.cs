using System.Reflection;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets;

/// <summary>
/// What the attributes of a target say. They are told by their full names: an assembly in a load context of its own may have come with its own copy of
/// the attributes.
/// </summary>
internal static class TargetAttributes
{
    private static readonly string FuzzTargetName = typeof(FuzzTargetAttribute).FullName!;
    private static readonly string ExpectsName = typeof(ExpectsAttribute).FullName!;

    /// <summary>The <c>[FuzzTarget]</c> of a method; null if it has none.</summary>
    public static FuzzTargetAttribute? Of(MethodInfo method)
    {
        CustomAttributeData? data = method.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.FullName == FuzzTargetName);
        return data is null ? null : new FuzzTargetAttribute(data.ConstructorArguments is [{ Value: string name }, ..] ? name : null)
        {
            MaxLength = Named(data, nameof(FuzzTargetAttribute.MaxLength)) as int? ?? 0,
            Dictionary = Named(data, nameof(FuzzTargetAttribute.Dictionary)) as string,
            Seeds = Named(data, nameof(FuzzTargetAttribute.Seeds)) as string,
        };
    }

    /// <summary>The types in the <c>[Expects]</c> of a method and of the classes around it.</summary>
    public static IEnumerable<Type> Expected(MethodInfo method)
    {
        for (MemberInfo? member = method; member is not null; member = member.DeclaringType)
        {
            foreach (CustomAttributeData data in member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == ExpectsName))
            {
                foreach (CustomAttributeTypedArgument argument in data.ConstructorArguments.SelectMany(Elements))
                {
                    yield return argument.Value is Type type && typeof(Exception).IsAssignableFrom(type)
                        ? type
                        : throw new HostingException($"{MethodSpelling.Short(method)}: [Expects({argument.Value})]; expected types of exceptions");
                }
            }
        }
    }

    private static object? Named(CustomAttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static IEnumerable<CustomAttributeTypedArgument> Elements(CustomAttributeTypedArgument argument) =>
        argument.Value as IReadOnlyList<CustomAttributeTypedArgument> ?? [argument];
}
