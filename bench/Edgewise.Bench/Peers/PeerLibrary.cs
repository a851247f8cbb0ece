using System.Reflection;
using System.Runtime.Loader;

namespace Edgewise.Bench.Peers;

/// <summary>A peer's assemblies, loaded from its package, whose internal classes are made by reflection: they have no public way in.</summary>
/// <remarks>
/// An object is made with the longest constructor of its class. What that takes is an object that was given, else one made the same way; of an
/// interface, the class that implements it, or a proxy that does nothing if it is a logger.
/// </remarks>
internal sealed class PeerLibrary
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<Type> _types = [];
    private readonly Dictionary<Type, object> _given = [];

    /// <summary>Loads assemblies.</summary>
    /// <param name="name">Name of the peer, for the debugger.</param>
    /// <param name="folder">Where they and what they reference are.</param>
    /// <param name="assemblies">Their simple names.</param>
    /// <exception cref="FileNotFoundException">One is not there.</exception>
    public PeerLibrary(string name, string folder, params IEnumerable<string> assemblies)
    {
        AssemblyLoadContext context = new(name);
        context.Resolving += (loading, reference) =>
            Path.Combine(folder, reference.Name + ".dll") is var path && File.Exists(path) ? loading.LoadFromAssemblyPath(path) : null;
        foreach (string assembly in assemblies)
        {
            _types.AddRange(context.LoadFromAssemblyPath(Path.Combine(folder, assembly + ".dll")).GetTypes());
        }
    }

    /// <summary>A class by its simple name.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public Type Find(string name) =>
        _types.Where(type => type.Name == name).ToArray() is [{ } found] ? found : throw new InvalidOperationException($"there is no single {name}");

    /// <summary>Gives what constructors take of a type.</summary>
    public object Give(Type type, object value) => _given[type] = value;

    /// <summary>Makes an object with one of its constructors.</summary>
    /// <exception cref="InvalidOperationException">There is no such constructor.</exception>
    public object Make(string name, params object[] arguments) =>
        (Find(name).GetConstructor(Any, [.. arguments.Select(argument => argument.GetType())])
            ?? throw new InvalidOperationException($"{name} has no constructor of {arguments.Length}")).Invoke(arguments);

    /// <summary>Makes an object with its longest constructor.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public object Make(string name) => Make(Find(name));

    private object Make(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors(Any).MaxBy(candidate => candidate.GetParameters().Count(parameter => parameter.ParameterType != type))
            ?? throw new InvalidOperationException($"{type} has no constructor");
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Argument(parameter.ParameterType))]);
    }

    private object? Argument(Type type)
    {
        if (_given.TryGetValue(type, out object? value))
        {
            return value;
        }

        if (!_types.Contains(type))
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        return Implementation(type) is { } implementation ? Give(type, Make(implementation))
            : type.Name == "ILogger" ? Give(type, SilentProxy.Create(type, typeof(SilentProxy)))
            : null;
    }

    private Type? Implementation(Type type)
    {
        if (!type.IsInterface)
        {
            return type;
        }

        // One that stands before another of its kind needs that first; where there is one that does nothing, it needs the least.
        return type.Name == "ILogger" ? null : _types
            .Where(candidate => candidate is { IsClass: true, IsAbstract: false } && candidate.IsAssignableTo(type)
                && !candidate.GetConstructors(Any).Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == type)))
            .OrderBy(candidate => candidate.Name.StartsWith("Null", StringComparison.Ordinal) || candidate.Name.StartsWith("Empty", StringComparison.Ordinal) ? 0 : 1)
            .FirstOrDefault();
    }
}
