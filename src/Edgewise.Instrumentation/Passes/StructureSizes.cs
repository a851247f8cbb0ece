using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Sizes of types, as far as a module's metadata tells them: of numbers, references, and structures of the framework whose layout never changes.</summary>
/// <param name="reader">Metadata of the module.</param>
internal sealed class StructureSizes(MetadataReader reader)
{
    /// <summary>Size of a type that is known at run time only.</summary>
    public const int Unknown = 0;

    /// <summary>Size of a field that holds a managed pointer: it has no address that IL could take.</summary>
    public const int NoAddress = -1;

    private readonly Dictionary<int, int> _sizes = [];

    /// <summary>Bytes of a value.</summary>
    /// <param name="type">Index of its type; for a structure that only its name tells, it becomes that of the structure.</param>
    /// <param name="types">The module's type table.</param>
    public int SizeOf(ref int type, TypeTable types)
    {
        StackType stackType = types.ValueOf(type).Type;
        switch (stackType)
        {
            case StackType.Object:
                return sizeof(long);
            case StackType.ManagedPointer:
                return NoAddress;
            case StackType.ValueType or StackType.Unresolved:
                bool isInstantiation = types.Code(type) == ElementCode.Instantiation;
                int named = isInstantiation ? types.Left(type) : type;
                int size = types.Left(named) != 0 ? SizeOfNamed(types.Left(named)) : Unknown;
                if (size != Unknown && !isInstantiation && types.Code(type) != ElementCode.ValueType)
                {
                    type = types.Intern(ElementCode.ValueType, types.Left(type), 0, StackType.ValueType);
                }

                return size;
            default:
                return stackType.Width();
        }
    }

    private int SizeOfNamed(int token)
    {
        if (!_sizes.TryGetValue(token, out int size))
        {
            EntityHandle handle = MetadataTokens.EntityHandle(token);
            if (handle.Kind == HandleKind.TypeReference)
            {
                TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)handle);
                size = SizeOfNamed(reader.GetString(reference.Namespace), reader.GetString(reference.Name));
            }

            _sizes.Add(token, size);
        }

        return size;
    }

    private static int SizeOfNamed(string space, string name) => (space, name) switch
    {
        ("System", "Half") => 2,
        ("System", "DateOnly" or "Index") or ("System.Text", "Rune") => 4,
        ("System", "DateTime" or "TimeSpan" or "TimeOnly" or "Range") or ("System.Runtime.Intrinsics", "Vector64`1") => 8,
        ("System", "Decimal" or "Guid" or "Int128" or "UInt128" or "DateTimeOffset") or ("System.Runtime.Intrinsics", "Vector128`1") => 16,
        _ => Unknown,
    };
}
