using System.Reflection;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>Finds the method that a virtual call reaches.</summary>
internal static class VirtualDispatch
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<(Type, MethodBase), MethodBase> Known = [];

    /// <summary>The implementation of <paramref name="method"/> in objects of <paramref name="type"/>.</summary>
    /// <exception cref="NotInterpretableException">Generic virtual methods, and what reflection does not tell.</exception>
    public static MethodBase Resolve(Type type, MethodBase method)
    {
        if (!method.IsVirtual || method.DeclaringType == type)
        {
            return method;
        }

        if (!Known.TryGetValue((type, method), out MethodBase? found))
        {
            Known[(type, method)] = found = Find(type, (MethodInfo)method);
        }

        return found;
    }

    private static MethodInfo Find(Type type, MethodInfo method)
    {
        if (method.IsGenericMethod)
        {
            throw new NotInterpretableException("a generic virtual method");
        }

        if (method.DeclaringType!.IsInterface)
        {
            if (type.IsArray)
            {
                return method;
            }

            InterfaceMapping map;
            try
            {
                map = type.GetInterfaceMap(method.DeclaringType);
            }
            catch (ArgumentException)
            {
                throw new NotInterpretableException($"{type} reaches {method.DeclaringType} by variance");
            }

            int index = Array.IndexOf(map.InterfaceMethods, method);
            return index >= 0 ? map.TargetMethods[index] : throw new NotInterpretableException("an interface method without a target");
        }

        MethodInfo definition = method.GetBaseDefinition();
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            foreach (MethodInfo candidate in current.GetMethods(Declared))
            {
                if (candidate.IsVirtual && candidate.Name == method.Name && candidate.GetBaseDefinition() == definition)
                {
                    return candidate;
                }
            }
        }

        return method;
    }
}
