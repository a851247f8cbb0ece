using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Symbols.Pdb;

/// <summary>Source lines of methods, from a portable PDB.</summary>
internal sealed class MethodLines(MetadataReader pdb)
{
    private readonly Dictionary<DocumentHandle, string> _files = [];

    /// <summary>Where the method's first line with code is; null where it has none.</summary>
    public SourceLocation? StartOf(MethodDefinitionHandle method)
    {
        foreach (SequencePoint point in PointsOf(method))
        {
            if (!point.IsHidden)
            {
                return Locate(point);
            }
        }

        return null;
    }

    /// <summary>The line that an IL offset belongs to: that of the last visible sequence point at it or before it.</summary>
    public SourceLocation? At(MethodDefinitionHandle method, int offset)
    {
        SequencePoint? last = null;
        foreach (SequencePoint point in PointsOf(method))
        {
            if (point.Offset > offset)
            {
                break;
            }

            last = point.IsHidden ? last : point;
        }

        return last is { } found ? Locate(found) : null;
    }

    /// <summary>All sequence points of a method, hidden ones with line 0.</summary>
    public IReadOnlyList<SourceRange> RangesOf(MethodDefinitionHandle method)
    {
        List<SourceRange> ranges = [];
        foreach (SequencePoint point in PointsOf(method))
        {
            ranges.Add(point.IsHidden
                ? new SourceRange(point.Offset, "", 0, 0)
                : new SourceRange(point.Offset, Locate(point).File, point.StartLine, point.EndLine));
        }

        return ranges;
    }

    // A PDB that is cut off has no row for the last methods: they have no lines.
    private SequencePointCollection PointsOf(MethodDefinitionHandle method)
    {
        MethodDebugInformationHandle handle = method.ToDebugInformationHandle();
        return MetadataTokens.GetRowNumber(handle) <= pdb.MethodDebugInformation.Count
            ? pdb.GetMethodDebugInformation(handle).GetSequencePoints()
            : default;
    }

    private SourceLocation Locate(SequencePoint point)
    {
        if (!_files.TryGetValue(point.Document, out string? file))
        {
            _files.Add(point.Document, file = pdb.GetString(pdb.GetDocument(point.Document).Name));
        }

        return new SourceLocation(file, point.StartLine, point.StartColumn);
    }
}
