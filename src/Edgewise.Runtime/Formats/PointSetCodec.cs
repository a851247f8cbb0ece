using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Edgewise.Runtime.Formats;

/// <summary>
/// Point sets as bytes, about 1.3 a block: variable-length numbers in the order of methods and blocks, no compression, so that equal sets
/// are equal bytes on every machine. The layout stands in <c>docs/formats.md</c>.
/// </summary>
public static class PointSetCodec
{
    /// <summary>Highest version that <see cref="Write"/> writes: sets with sites; sets without any are of version 1.</summary>
    public const int Version = 2;

    internal const string FormatName = "point set";
    internal const int HashSize = 32;
    internal const int ChecksumSize = sizeof(uint);

    internal static ReadOnlySpan<byte> Magic => "EWPOINTS"u8;

    /// <summary>Writes a point set.</summary>
    /// <exception cref="ArgumentException">The set breaks an invariant of <see cref="PointSet"/>; the message names the method.</exception>
    public static byte[] Write(PointSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var writer = new ByteWriter(256 + (set.Methods.Length * 8) + (set.Blocks.Length * 2) + (set.Implying.Length * 2));
        try
        {
            WriteHeader(ref writer, set);
            new PointSetBody(set).Write(ref writer);
            PointSiteCodec.Write(ref writer, set.Sites);
            byte[] result = GC.AllocateUninitializedArray<byte>(writer.Length + ChecksumSize);
            writer.Written.CopyTo(result);
            BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(writer.Length), Checksum.Crc32C(writer.Written));
            return result;
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Reads a point set. Only as much is allocated as the bytes that are there can stand for.</summary>
    /// <param name="data">Exactly the bytes that <see cref="Write"/> made.</param>
    /// <param name="source">Where they came from, for messages.</param>
    /// <exception cref="CoverageFormatException">The data is damaged or of another version.</exception>
    public static PointSet Read(ReadOnlySpan<byte> data, string source)
    {
        PointSetHeader header = ReadHeader(data, source, out int position);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(data[^ChecksumSize..]);
        uint computed = Checksum.Crc32C(data[..^ChecksumSize]);
        if (stored != computed)
        {
            throw new CoverageFormatException(
                $"{source}: {FormatName}, offset {data.Length - ChecksumSize}: checksum {stored:x8}, but the data has {computed:x8}");
        }

        var reader = new ByteReader(data[..^ChecksumSize], source, FormatName);
        reader.Bytes(position);
        return new PointSetReader(header).Read(ref reader);
    }

    /// <summary>Reads the header alone, without looking at the rest.</summary>
    /// <exception cref="CoverageFormatException">The header is damaged or of another version.</exception>
    public static PointSetHeader ReadHeader(ReadOnlySpan<byte> data, string source) => ReadHeader(data, source, out _);

    /// <summary>The checksum at the end of a written set, as eight hex digits: tells two sets of one original apart.</summary>
    internal static string ChecksumText(ReadOnlySpan<byte> written) =>
        BinaryPrimitives.ReadUInt32LittleEndian(written[^ChecksumSize..]).ToString("x8", CultureInfo.InvariantCulture);

    private static PointSetHeader ReadHeader(ReadOnlySpan<byte> data, string source, out int position)
    {
        if (data.Length < Magic.Length + ChecksumSize || !data.StartsWith(Magic))
        {
            throw new CoverageFormatException($"{source}: not a point set: it does not begin with \"{Encoding.ASCII.GetString(Magic)}\"");
        }

        var reader = new ByteReader(data[..^ChecksumSize], source, FormatName);
        reader.Bytes(Magic.Length);
        uint version = reader.Variable();
        if (version is 0 or > Version)
        {
            reader.Fail($"version {version}; this program reads versions 1 to {Version}");
        }

        byte[] hash = reader.Bytes(HashSize).ToArray();
        var level = (InstrumentationLevel)reader.Byte();
        var features = (CoverageFeatures)reader.Count(int.MaxValue, "features");
        var pruning = (Pruning)reader.Byte();
        byte entry = reader.Byte();
        if (level is < InstrumentationLevel.Func or > InstrumentationLevel.Edge || pruning > Pruning.Exact || entry > 1)
        {
            reader.Fail($"level {(int)level}, pruning {(int)pruning}, entry {entry}: unknown");
        }

        string name = Encoding.UTF8.GetString(reader.Bytes(reader.Count(reader.Remaining, "length of the module's name")));
        int selection = reader.Count(HashSize, "length of the selection's hash");
        if (selection is not (0 or HashSize))
        {
            reader.Fail($"a hash of {selection} bytes over the selection; 0 or {HashSize} expected");
        }

        byte[] selectionHash = reader.Bytes(selection).ToArray();
        // Each method takes four bytes at least, each block and each implying block one: a count beyond what is left lies.
        int methods = reader.Count(reader.Remaining / 4, "number of methods");
        int blocks = reader.Count(reader.Remaining, "number of blocks");
        int points = reader.Count(blocks, "number of points");
        int implying = reader.Count(reader.Remaining, "number of implying blocks");
        int sites = version < 2 ? 0 : reader.Count(Math.Min(PointSite.MaximumCount, reader.Remaining / 2), "number of sites");
        position = reader.Position;
        return new PointSetHeader(
            name, hash, level, features, pruning, entry != 0, selectionHash, methods, points, blocks, implying, sites);
    }

    private static void WriteHeader(ref ByteWriter writer, PointSet set)
    {
        if (set.OriginalHash.Length != HashSize || set.SelectionHash.Length is not (0 or HashSize))
        {
            throw new ArgumentException($"{set.ModuleName}: a hash that is not {HashSize} bytes", nameof(set));
        }

        writer.Bytes(Magic);
        writer.Reserve(5);
        writer.Variable(set.Sites.Length == 0 ? 1u : Version);
        writer.Bytes(set.OriginalHash);
        writer.Bytes([(byte)set.Level]);
        writer.Reserve(5);
        writer.Variable((uint)set.Features);
        writer.Bytes([(byte)set.Pruning, set.EntryPruned ? (byte)1 : (byte)0]);
        writer.Counted(Encoding.UTF8.GetBytes(set.ModuleName));
        writer.Counted(set.SelectionHash);
        writer.Reserve(25);
        writer.Variable((uint)set.Methods.Length);
        writer.Variable((uint)set.Blocks.Length);
        writer.Variable((uint)set.PointCount);
        writer.Variable((uint)set.Implying.Length);
        if (set.Sites.Length > 0)
        {
            writer.Variable((uint)set.Sites.Length);
        }
    }
}
