using System.Buffers.Binary;

namespace Edgewise.Runtime.Formats;

/// <summary>An entry of a map file's module table.</summary>
/// <param name="Name">File name with extension. From a file: not to be trusted as a path.</param>
/// <param name="Path">Where the module was loaded from, or empty; for people, never opened without a question.</param>
/// <param name="OriginalHash">SHA-256 of the original image, 32 bytes.</param>
/// <param name="PointCount">Number of points, one byte each.</param>
/// <param name="PointsFile">
/// Name of its point set in the folder of the map file; empty where whoever made the file has it elsewhere. Not to be trusted as a path either.
/// </param>
/// <param name="Offset">Where its counters begin, relative to the first counter of the file; chosen by the map when it is made.</param>
public sealed record MapModule(
    string Name, string Path, byte[] OriginalHash, int PointCount, string PointsFile = "", long Offset = 0)
{
    /// <summary>The first eight bytes of <see cref="OriginalHash"/>, big-endian.</summary>
    public long Identity => BinaryPrimitives.ReadInt64BigEndian(OriginalHash);
}
