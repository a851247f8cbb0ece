using System.Reflection;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>Makes the readers of the types of one method's parameters.</summary>
internal sealed class ReaderFactory
{
    private static readonly Dictionary<Type, string> Generics = new()
    {
        [typeof(Nullable<>)] = nameof(PartReaders.Nullable),
        [typeof(List<>)] = nameof(PartReaders.List),
        [typeof(IList<>)] = nameof(PartReaders.List),
        [typeof(ICollection<>)] = nameof(PartReaders.List),
        [typeof(IEnumerable<>)] = nameof(PartReaders.Array),
        [typeof(IReadOnlyList<>)] = nameof(PartReaders.Array),
        [typeof(IReadOnlyCollection<>)] = nameof(PartReaders.Array),
        [typeof(HashSet<>)] = nameof(PartReaders.Set),
        [typeof(ISet<>)] = nameof(PartReaders.Set),
        [typeof(IReadOnlySet<>)] = nameof(PartReaders.Set),
        [typeof(Dictionary<,>)] = nameof(PartReaders.Dictionary),
        [typeof(IDictionary<,>)] = nameof(PartReaders.Dictionary),
        [typeof(IReadOnlyDictionary<,>)] = nameof(PartReaders.Dictionary),
    };

    private readonly Dictionary<Type, IReaderCell> _objects = [];

    // The objects around the one that is being made, back to the last place where the input could have ended the nesting.
    private HashSet<Type> _around = [];

    /// <summary>True once a reader calls constructors or setters that are not the framework's.</summary>
    public bool CallsForeignCode => _objects.Count > 0;

    /// <summary>The reader of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="nullability">Whether it, and what it holds, may be null; null where that is not known.</param>
    /// <exception cref="UnreadableTypeException">No value of it can be read.</exception>
    public Delegate Of(Type type, NullabilityInfo? nullability)
    {
        if (type.IsValueType || nullability?.WriteState != NullabilityState.Nullable)
        {
            return Present(type, nullability);
        }

        return Nested(() => Make(nameof(PartReaders.OrNull), [type], [Present(type, nullability)]));
    }

    private Delegate Present(Type type, NullabilityInfo? nullability)
    {
        if (LeafReaders.Find(type) is { } leaf)
        {
            return leaf;
        }

        if (type.FullName == typeof(FuzzedDataProvider).FullName)
        {
            throw new UnreadableTypeException("its FuzzedDataProvider is of another copy of Edgewise.Annotations than this program's; load it with that assembly shared");
        }

        if (type.IsEnum)
        {
            if (type.GetEnumValuesAsUnderlyingType().Length == 0)
            {
                throw new UnreadableTypeException($"the enum {TypeSpelling.Short(type)} has no values");
            }

            string reader = type.IsDefined(typeof(FlagsAttribute), inherit: false) ? nameof(LeafReaders.Flags) : nameof(LeafReaders.Enum);
            return (Delegate)typeof(LeafReaders).GetMethod(reader)!.MakeGenericMethod(type).Invoke(null, null)!;
        }

        if (type.IsSZArray)
        {
            Type element = type.GetElementType()!;
            return Nested(() => Make(nameof(PartReaders.Array), [element], [Of(element, nullability?.ElementType)]));
        }

        if (type.IsGenericType && Generics.TryGetValue(type.GetGenericTypeDefinition(), out string? method))
        {
            Type[] parts = type.GetGenericArguments();
            return Nested(() => Make(method, parts, [.. parts.Select((part, i) => Of(part, nullability?.GenericTypeArguments.ElementAtOrDefault(i)))]));
        }

        return Object(type);
    }

    private Delegate Object(Type type)
    {
        ObjectShape.Check(type);
        if (!_around.Add(type))
        {
            throw new UnreadableTypeException($"{TypeSpelling.Short(type)} always holds another {TypeSpelling.Short(type)}, so that it has no end");
        }

        try
        {
            if (_objects.TryGetValue(type, out IReaderCell? known))
            {
                return known.Later;
            }

            var cell = (IReaderCell)Activator.CreateInstance(typeof(ReaderCell<>).MakeGenericType(type))!;
            _objects.Add(type, cell);
            try
            {
                Delegate reader = ObjectShape.Reader(type, this);
                cell.Set(reader);
                return reader;
            }
            catch (UnreadableTypeException)
            {
                _objects.Remove(type);
                throw;
            }
        }
        finally
        {
            _around.Remove(type);
        }
    }

    private Delegate Nested(Func<Delegate> make)
    {
        HashSet<Type> around = _around;
        _around = [];
        try
        {
            return make();
        }
        finally
        {
            _around = around;
        }
    }

    private static Delegate Make(string method, Type[] types, object[] readers) =>
        (Delegate)typeof(PartReaders).GetMethod(method)!.MakeGenericMethod(types).Invoke(null, readers)!;
}
