using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Image;

/// <summary>Full names of methods as reflection writes them: <c>Namespace.Outer+Nested.Method</c>. Made when first asked for.</summary>
internal sealed class MethodNames(MetadataImage metadata)
{
    private int[]? _enclosing;
    private string?[]? _typeNames;

    /// <summary>The name of the method in a MethodDef row.</summary>
    public string Of(int row) => $"{TypeName(DeclaringType(row))}.{metadata.GetString(metadata.GetCell(TableIndex.MethodDef, row, 3))}";

    private int DeclaringType(int method)
    {
        int low = 1, high = metadata.Table(TableIndex.TypeDef).OriginalRowCount;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (metadata.GetCell(TableIndex.TypeDef, middle, 5) <= method)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private string TypeName(int type)
    {
        _enclosing ??= Enclosing();
        _typeNames ??= new string?[_enclosing.Length];
        if (_typeNames[type] is { } known)
        {
            return known;
        }

        _typeNames[type] = "?"; // ends a damaged ring of nested classes
        string name = metadata.GetString(metadata.GetCell(TableIndex.TypeDef, type, 1));
        string space = metadata.GetString(metadata.GetCell(TableIndex.TypeDef, type, 2));
        string full = _enclosing[type] > 0 ? $"{TypeName(_enclosing[type])}+{name}" : space.Length > 0 ? $"{space}.{name}" : name;
        return _typeNames[type] = full;
    }

    private int[] Enclosing()
    {
        int types = metadata.RowCount(TableIndex.TypeDef);
        int[] enclosing = new int[types + 1];
        for (int row = 1; row <= metadata.RowCount(TableIndex.NestedClass); row++)
        {
            uint nested = metadata.GetCell(TableIndex.NestedClass, row, 0);
            uint outer = metadata.GetCell(TableIndex.NestedClass, row, 1);
            if (nested > 0 && nested <= types && outer > 0 && outer <= types)
            {
                enclosing[nested] = (int)outer;
            }
        }

        return enclosing;
    }
}
