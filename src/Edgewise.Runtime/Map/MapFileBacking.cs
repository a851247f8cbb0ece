using System.Buffers.Binary;
using System.Globalization;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <summary>
/// The file behind the first region of a map: either one that a parent made for modules it knows, or one that this process makes and that
/// grows with each module that comes.
/// </summary>
/// <param name="file">The file; its first counters lie at the map's start already.</param>
/// <param name="pointsFolder">Folder for the point sets of a growing file; null for a file of a parent.</param>
/// <param name="notice">Takes a line for the user.</param>
internal sealed class MapFileBacking(MapFile file, string? pointsFolder, Action<string> notice)
{
    private const int GrowthStep = 1 << 20;

    private bool _isGrowing = pointsFolder is not null;
    private int _used;

    /// <summary>Where the file is.</summary>
    public string Path => file.Path;

    /// <summary>True where this process made the file.</summary>
    public bool IsOwn => pointsFolder is not null;

    /// <summary>Bytes of counters that are allocated and mapped.</summary>
    public int Size => (int)file.CountersSize;

    /// <summary>Where the original image of a module is, as a parent wrote it; null where there is no parent or it knows no such module.</summary>
    public string? OriginalPathOf(long identity) =>
        IsOwn ? null : file.Modules.FirstOrDefault(module => module.Identity == identity)?.Path;

    /// <summary>The offset of a module's counters; -1 where they are not in the file.</summary>
    public int Place(long identity, int pointCount, WrittenPoints? points, string path, AddressSpace space)
    {
        foreach (MapModule module in file.Modules)
        {
            if (module.Identity == identity && module.PointCount == pointCount)
            {
                return (int)module.Offset;
            }
        }

        if (!_isGrowing)
        {
            return -1;
        }

        try
        {
            return Append(identity, pointCount, points, path, space);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Later modules go to private memory, which begins where the file ends: from here on it must not grow.
            _isGrowing = false;
            notice($"{file.Path}: {failure.Message}; the counters of {System.IO.Path.GetFileName(path)} and later modules are in private memory");
            return -1;
        }
    }

    private int Append(long identity, int pointCount, WrittenPoints? points, string path, AddressSpace space)
    {
        byte[] hash = new byte[PointSetCodec.HashSize];
        BinaryPrimitives.WriteInt64BigEndian(hash, identity);
        string name = System.IO.Path.GetFileName(path);
        string pointsFile = string.Empty;
        if (points is not null)
        {
            hash = points.Header.OriginalHash;
            name = points.Header.ModuleName;
            pointsFile = PointsFile.Write(pointsFolder!, name, identity.ToString("x16", CultureInfo.InvariantCulture), points.Bytes);
        }

        long end = (long)_used + pointCount;
        if (end > Size)
        {
            int before = Size;
            long wanted = Math.Max(end, Size + (long)GrowthStep);
            if (MapLayout.Align(wanted, MapLayout.PageAlignment) > space.Size)
            {
                throw new IOException($"no addresses left for {pointCount} more counters");
            }

            file.Extend(wanted);
            if (!space.Place(file, before, file.CountersOffset + before, Size - before))
            {
                throw new IOException($"{Size - before} more counters cannot be mapped");
            }
        }

        var module = new MapModule(name, path, hash, pointCount, pointsFile, _used);
        if (!file.Append(module))
        {
            throw new IOException("the table of modules is full");
        }

        _used = (int)end;
        return (int)module.Offset;
    }
}
