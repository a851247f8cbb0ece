using System.Reflection;
using Edgewise.Hosting.Programs;

namespace Edgewise.Hosting.Targets;

/// <summary>Finds the fuzz targets of an assembly, by their attribute or by the name of a method.</summary>
public static class FuzzTargetAssembly
{
    private const int MostSuggestions = 10;

    /// <summary>Assemblies that a load context of targets shares with this program, so that both sides mean the same types.</summary>
    public static IReadOnlySet<string> Shared { get; } = new HashSet<string> { "Edgewise.Annotations", "Edgewise.Runtime" };

    /// <summary>Globs of the assemblies that count where nobody chose any: the target's own and those of its projects, or of the packages that a small one calls.</summary>
    /// <param name="path">The target's assembly; its <c>deps.json</c> stands beside it.</param>
    /// <exception cref="HostingException">The assembly is missing or no managed assembly, or what stands beside it cannot be read.</exception>
    public static string AssembliesByDefault(string path)
    {
        HashSet<string> names = AssemblyChoice.NamesByDefault(path, DependencyManifest.Read(Path.ChangeExtension(path, ".deps.json")), Shared, out _);
        return string.Join(',', names.Order(StringComparer.Ordinal));
    }

    /// <summary>What to throw where a choice of assemblies leaves no edges.</summary>
    /// <param name="path">The target's assembly.</param>
    /// <param name="assemblies">Globs of the assemblies that count.</param>
    public static HostingException NoEdges(string path, string assemblies) =>
        new($"{path}: no edges are counted: '{assemblies}' leaves nothing of what the target calls; name its assemblies with --assemblies");

    /// <summary>The methods marked <c>[FuzzTarget]</c>, by name.</summary>
    /// <exception cref="HostingException">One of them cannot be a target, or two have one name.</exception>
    public static IReadOnlyList<FuzzTarget> Find(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. Marked(assembly).Select(marked => FuzzTarget.Bind(marked.Method))];
    }

    /// <summary>The target of a name; without one, the only target there is.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The name of a target, or <c>Namespace.Type.Method</c> of any static method, where needed with types of parameters; null for the only one.</param>
    /// <exception cref="HostingException">There is none, or more than one, or it cannot be a target; the message lists the candidates.</exception>
    public static FuzzTarget Find(Assembly assembly, string? name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        (string Name, MethodInfo Method)[] marked = Marked(assembly);
        if (name is not null)
        {
            return marked.FirstOrDefault(target => target.Name == name).Method is { } method ? FuzzTarget.Bind(method) : FindMethod(assembly, name);
        }

        return marked.Length switch
        {
            1 => FuzzTarget.Bind(marked[0].Method),
            0 => throw new HostingException($"{Name(assembly)}: no method is marked [FuzzTarget]{Suggestions(assembly)}"),
            _ => throw new HostingException($"{Name(assembly)}: {marked.Length} fuzz targets; choose one:{Listed(marked.Select(target => target.Method))}"),
        };
    }

    private static (string Name, MethodInfo Method)[] Marked(Assembly assembly)
    {
        (string Name, MethodInfo Method)[] marked = [.. Types(assembly).SelectMany(Methods)
            .Select(method => (Method: method, Attribute: TargetAttributes.Of(method))).Where(marked => marked.Attribute is not null)
            .Select(marked => (FuzzTarget.NameOf(marked.Method, marked.Attribute), marked.Method)).OrderBy(marked => marked.Item1, StringComparer.Ordinal)];
        return marked.GroupBy(target => target.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new HostingException(
                $"{Name(assembly)}: two fuzz targets are called '{twice.Key}':{Listed(twice.Select(target => target.Method))}\nGive each a name: [FuzzTarget(\"name\")]")
            : marked;
    }

    private static FuzzTarget FindMethod(Assembly assembly, string name)
    {
        MethodSpelling spelling = MethodSpelling.Parse(name)
            ?? throw new HostingException($"'{name}': expected the name of a fuzz target, or a method as Namespace.Type.Method or Namespace.Type.Method(string, int)");
        MethodInfo[] ofType = [.. Types(assembly).Where(spelling.Matches).SelectMany(Methods)];
        if (ofType.Length == 0)
        {
            throw new HostingException($"{Name(assembly)}: no type '{spelling.TypeName}' with methods{Elsewhere(assembly, spelling)}");
        }

        MethodInfo[] named = [.. ofType.Where(spelling.Matches)];
        if (named.Length == 0)
        {
            MethodInfo[] overloads = [.. ofType.Where(method => method.Name == spelling.MethodName)];
            throw new HostingException(overloads.Length > 0
                ? $"{Name(assembly)}: no overload '{name}'; there are:{Listed(overloads)}"
                : $"{Name(assembly)}: no method '{spelling.MethodName}' in {spelling.TypeName}{Elsewhere(assembly, spelling)}");
        }

        if (named.Length == 1)
        {
            return FuzzTarget.Bind(named[0]);
        }

        FuzzTarget[] bound = [.. named.Select(method => FuzzTarget.Bind(method, out _)).OfType<FuzzTarget>()];
        return bound.Length switch
        {
            1 => bound[0],
            0 => throw new HostingException($"{Name(assembly)}: no overload of '{name}' can be a fuzz target; {TargetBinding.Accepted}. There are:{Listed(named)}"),
            _ => throw new HostingException($"{Name(assembly)}: '{name}' has {bound.Length} overloads that can be fuzz targets; choose one:{Listed(bound.Select(target => target.Method))}"),
        };
    }

    private static string Elsewhere(Assembly assembly, MethodSpelling spelling)
    {
        MethodInfo[] sameName = [.. Types(assembly).SelectMany(Methods).Where(method => method.Name == spelling.MethodName && LooksLikeTarget(method)).Take(MostSuggestions)];
        return sameName.Length > 0 ? $"; there are:{Listed(sameName)}" : Suggestions(assembly);
    }

    private static string Suggestions(Assembly assembly)
    {
        MethodInfo[] like = [.. Types(assembly).Where(type => type.IsVisible).SelectMany(Methods).Where(method => method.IsPublic && LooksLikeTarget(method))
            .OrderBy(Rank).ThenBy(MethodSpelling.Long, StringComparer.Ordinal)];
        if (like.Length == 0)
        {
            return $"; {TargetBinding.Accepted}, marked [FuzzTarget]";
        }

        string more = like.Length > MostSuggestions ? $"\n  … and {like.Length - MostSuggestions} more" : string.Empty;
        return $"; mark one, or choose one of those that look like it:{Listed(like.Take(MostSuggestions))}{more}";
    }

    private static bool LooksLikeTarget(MethodInfo method) => Rank(method) < int.MaxValue;

    // The surer a method takes an input, the smaller.
    private static int Rank(MethodInfo method)
    {
        if (!method.IsStatic || method.ContainsGenericParameters || OnlyParameter(method) is not { } type)
        {
            return int.MaxValue;
        }

        return type == typeof(ReadOnlySpan<byte>) ? 0 : type == typeof(byte[]) ? 1 : type == typeof(Stream) ? 2 : type == typeof(string) ? 3 : int.MaxValue;
    }

    private static Type? OnlyParameter(MethodInfo method)
    {
        try
        {
            return method.GetParameters() is [{ ParameterType: var type }] ? type : null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException or TypeLoadException or BadImageFormatException)
        {
            // It takes something of an assembly that is not there.
            return null;
        }
    }

    private static string Listed(IEnumerable<MethodInfo> methods) => string.Concat(methods.Select(method => $"\n  --method \"{MethodSpelling.Long(method)}\""));

    private static string Name(Assembly assembly) => assembly.GetName().Name ?? assembly.ToString();

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal)).OrderBy(method => method.MetadataToken);

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            // A class that cannot be loaded has no target; the others may.
            return failure.Types.OfType<Type>();
        }
    }
}
