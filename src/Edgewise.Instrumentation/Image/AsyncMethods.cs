using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Image;

/// <summary>The methods that a user wrote as <c>async</c>: those with an AsyncStateMachineAttribute or AsyncIteratorStateMachineAttribute.</summary>
internal static class AsyncMethods
{
    private const int MethodDefTag = 0;
    private const int ParentTagBits = 5;
    private const int MemberRefTag = 3;
    private const int ConstructorTagBits = 3;
    private const int TypeRefTag = 1;
    private const int MemberRefParentTagBits = 3;

    /// <summary>Their MethodDef rows.</summary>
    public static HashSet<int> Find(MetadataImage metadata)
    {
        HashSet<int> methods = [];
        HashSet<uint> constructors = FindConstructors(metadata);
        if (constructors.Count == 0)
        {
            return methods;
        }

        TableColumn parents = metadata.Table(TableIndex.CustomAttribute).Column(0);
        TableColumn types = metadata.Table(TableIndex.CustomAttribute).Column(1);
        for (int row = 1; row <= parents.RowCount; row++)
        {
            if (constructors.Contains(types[row]) && (parents[row] & ((1 << ParentTagBits) - 1)) == MethodDefTag)
            {
                methods.Add((int)(parents[row] >> ParentTagBits));
            }
        }

        return methods;
    }

    private static HashSet<uint> FindConstructors(MetadataImage metadata)
    {
        HashSet<uint> parents = [];
        TableColumn names = metadata.Table(TableIndex.TypeRef).Column(1);
        for (int row = 1; row <= names.RowCount; row++)
        {
            ReadOnlySpan<byte> name = metadata.GetStringBytes(names[row]);
            if (name.SequenceEqual("AsyncStateMachineAttribute"u8) || name.SequenceEqual("AsyncIteratorStateMachineAttribute"u8))
            {
                parents.Add((uint)((row << MemberRefParentTagBits) | TypeRefTag));
            }
        }

        HashSet<uint> constructors = [];
        TableColumn classes = metadata.Table(TableIndex.MemberRef).Column(0);
        for (int row = 1; parents.Count > 0 && row <= classes.RowCount; row++)
        {
            if (parents.Contains(classes[row]))
            {
                constructors.Add((uint)((row << ConstructorTagBits) | MemberRefTag));
            }
        }

        return constructors;
    }
}
