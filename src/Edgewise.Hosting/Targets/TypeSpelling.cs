namespace Edgewise.Hosting.Targets;

/// <summary>Writes a type as C# does.</summary>
internal static class TypeSpelling
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>With keywords and without namespaces: <c>ReadOnlySpan&lt;byte&gt;</c>.</summary>
    public static string Short(Type type) => Keywords.TryGetValue(type, out string? keyword) ? keyword : Spell(type, type.Name, Short);

    /// <summary>With namespaces and without keywords: <c>System.ReadOnlySpan&lt;System.Byte&gt;</c>.</summary>
    public static string Full(Type type) => Spell(type, type.Namespace is { Length: > 0 } space && !type.IsNested ? $"{space}.{type.Name}" : type.FullName?.Replace('+', '.') ?? type.Name, Full);

    private static string Spell(Type type, string name, Func<Type, string> inner)
    {
        if (type.IsArray)
        {
            return $"{inner(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsByRef)
        {
            return $"ref {inner(type.GetElementType()!)}";
        }

        if (type.IsPointer)
        {
            return $"{inner(type.GetElementType()!)}*";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return inner(underlying) + "?";
        }

        // The name of a nested type has the arguments of the outer one too; a reader can do without that.
        return type.IsGenericType && name.Split('`') is [var open, ..] ? $"{open}<{string.Join(", ", type.GetGenericArguments().Select(inner))}>" : name;
    }
}
