using System.Buffers.Binary;
using System.Security.Cryptography;
using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>The files that an action of <c>sancov</c> was given, told apart by what they hold.</summary>
public sealed class CoverageInputs
{
    private readonly List<SancovInput> _sancovs = [];
    private readonly List<ModuleInput> _modules = [];
    private readonly List<(string Path, PointSet Points)> _pointSets = [];

    private CoverageInputs() { }

    private static ReadOnlySpan<byte> PointSetMagic => "EWPOINTS"u8;

    /// <summary>The <c>.sancov</c> files, in the order given.</summary>
    public IReadOnlyList<SancovInput> Sancovs => _sancovs;

    /// <summary>The modules, in the order given.</summary>
    public IReadOnlyList<ModuleInput> Modules => _modules;

    /// <summary>The point sets, in the order given.</summary>
    public IReadOnlyList<(string Path, PointSet Points)> PointSets => _pointSets;

    /// <summary>Reads files. A file named twice counts once.</summary>
    /// <exception cref="SancovException">A file cannot be read, or is neither a .NET module, a point set nor a <c>.sancov</c> file.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public static CoverageInputs Read(IEnumerable<string> paths)
    {
        CoverageInputs inputs = new();
        foreach (string path in paths.DistinctBy(FileContent.Identity))
        {
            inputs.Add(path, FileContent.Read(path));
        }

        return inputs;
    }

    private void Add(string path, byte[] content)
    {
        if (IsSancov(content))
        {
            _sancovs.Add(SancovNaming.Identify(path, SancovFile.Decode(content, path)));
        }
        else if (content.AsSpan().StartsWith(PointSetMagic))
        {
            _pointSets.Add((path, PointSetCodec.Read(content, path)));
        }
        else if (content.AsSpan().StartsWith("MZ"u8))
        {
            bool isInstrumented = ImagePoints.TryRead(content, path, out PointSet? points);
            _modules.Add(new ModuleInput(path, content, isInstrumented ? points!.OriginalHash : SHA256.HashData(content), points));
        }
        else if (path.EndsWith(".sancov", StringComparison.OrdinalIgnoreCase))
        {
            // Its name says what it should be: the decoder says what is wrong with it.
            SancovFile.Decode(content, path);
        }
        else
        {
            string found = content.AsSpan().StartsWith("\u007fELF"u8) ? "an ELF file" : content.Length == 0 ? "empty" : "something else";
            throw new SancovException($"{path}: expected a .NET module, a .sancov file or a point set; the file is {found}");
        }
    }

    private static bool IsSancov(byte[] content) =>
        content.Length >= sizeof(ulong)
        && BinaryPrimitives.ReadUInt64LittleEndian(content) is SancovFile.Magic64 or SancovFile.Magic32;
}
