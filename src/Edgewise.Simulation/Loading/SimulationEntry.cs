using System.Linq.Expressions;
using System.Reflection;
using Edgewise.Annotations;

namespace Edgewise.Simulation.Loading;

/// <summary>A simulation that was found in an assembly.</summary>
public sealed class SimulationEntry
{
    private readonly Func<ISimulation> _constructor;

    private SimulationEntry(SimulationAttribute attribute, Type type, Func<ISimulation> constructor)
    {
        Name = attribute.Name;
        Runs = attribute.Runs > 0 ? attribute.Runs : null;
        ExpectedBug = type.GetCustomAttribute<ExpectedBugAttribute>()?.Text;
        Type = type;
        _constructor = constructor;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>A part of the signature or message of the bug that it plants; null if it plants none.</summary>
    public string? ExpectedBug { get; }

    /// <summary>Runs of a root seed that it asks for; null if it does not say.</summary>
    public long? Runs { get; }

    /// <summary>Makes the instance of a run. What the class's constructor throws comes through.</summary>
    public ISimulation Create() => _constructor();

    /// <summary>Reads a class.</summary>
    /// <exception cref="SimulationException">It is marked as a simulation but cannot be one; the message says why.</exception>
    internal static SimulationEntry? Of(Type type)
    {
        if (type.GetCustomAttribute<SimulationAttribute>() is not { } attribute)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(attribute.Name))
        {
            throw new SimulationException($"{type.FullName}: its [Simulation] has no name; expected a name to call it by");
        }

        if (!typeof(ISimulation).IsAssignableFrom(type) || type.IsAbstract || type.ContainsGenericParameters)
        {
            throw new SimulationException($"{type.FullName}: is marked [Simulation(\"{attribute.Name}\")]; expected a class, not abstract and not generic, that implements {typeof(ISimulation).FullName}");
        }

        if (type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []) is not { } constructor)
        {
            throw new SimulationException($"{type.FullName}: is marked [Simulation(\"{attribute.Name}\")]; expected a constructor without parameters");
        }

        return new SimulationEntry(attribute, type, Expression.Lambda<Func<ISimulation>>(Expression.New(constructor)).Compile());
    }
}
