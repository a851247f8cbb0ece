using System.Buffers.Binary;
using System.Security.Cryptography;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Symcov;
using Edgewise.Symbols;
using Edgewise.Symbols.Elf;

namespace Edgewise.Sancov.Inputs;

/// <summary>The files that an action of <c>sancov</c> was given, told apart by what they hold.</summary>
public sealed class CoverageInputs
{
    private readonly List<SancovInput> _sancovs = [];
    private readonly List<ModuleInput> _modules = [];
    private readonly List<(string Path, PointSet Points)> _pointSets = [];

    private readonly List<ElfFile> _binaries = [];
    private readonly List<SymbolizedCoverage> _symcovs = [];
    private readonly List<string> _unreadable = [];

    private CoverageInputs() { }

    private static ReadOnlySpan<byte> PointSetMagic => "EWPOINTS"u8;

    /// <summary>The <c>.sancov</c> files, in the order given.</summary>
    public IReadOnlyList<SancovInput> Sancovs => _sancovs;

    /// <summary>The modules, in the order given.</summary>
    public IReadOnlyList<ModuleInput> Modules => _modules;

    /// <summary>The point sets, in the order given.</summary>
    public IReadOnlyList<(string Path, PointSet Points)> PointSets => _pointSets;

    /// <summary>The native binaries, in the order given.</summary>
    public IReadOnlyList<ElfFile> Binaries => _binaries;

    /// <summary>The <c>.symcov</c> files, in the order given.</summary>
    public IReadOnlyList<SymbolizedCoverage> Symcovs => _symcovs;

    /// <summary>The <c>.sancov</c> files that belong to a native binary among the files.</summary>
    public IEnumerable<SancovInput> NativeSancovs => _sancovs.Where(IsNative);

    /// <summary>All other <c>.sancov</c> files.</summary>
    public IEnumerable<SancovInput> ManagedSancovs => _sancovs.Where(sancov => !IsNative(sancov));

    /// <summary>Paths of the files that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>Reads files. A file named twice counts once.</summary>
    /// <exception cref="SancovException">A file cannot be read, or is nothing that is known here.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    /// <exception cref="SymbolsException">A native binary is damaged.</exception>
    public static CoverageInputs Read(IEnumerable<string> paths)
    {
        CoverageInputs inputs = new();
        foreach (string path in paths.DistinctBy(FileContent.Identity))
        {
            inputs.Add(path, FileContent.Read(path));
        }

        return inputs;
    }

    /// <summary>Reads files, and goes on behind one that cannot be.</summary>
    /// <param name="paths">The files. One named twice counts once.</param>
    /// <param name="failures">Receives what is wrong with a file, one sentence each that begins with its name.</param>
    public static CoverageInputs Read(IEnumerable<string> paths, ICollection<string> failures)
    {
        CoverageInputs inputs = new();
        foreach (string path in paths.DistinctBy(FileContent.Identity))
        {
            try
            {
                inputs.Add(path, FileContent.Read(path));
            }
            catch (Exception e) when (e is SancovException or CoverageFormatException or SymbolsException)
            {
                inputs._unreadable.Add(path);
                failures.Add(e.Message);
            }
        }

        return inputs;
    }

    private bool IsNative(SancovInput sancov) => _binaries.Exists(binary => Path.GetFileName(binary.Path) == sancov.ModuleName);

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
        else if (ElfFile.IsElf(content))
        {
            _binaries.Add(ElfFile.Read(content, path));
        }
        else if (path.EndsWith(".symcov", StringComparison.OrdinalIgnoreCase))
        {
            _symcovs.Add(SymcovReader.Read(content, path));
        }
        else if (path.EndsWith(".sancov", StringComparison.OrdinalIgnoreCase))
        {
            // Its name says what it should be: the decoder says what is wrong with it.
            SancovFile.Decode(content, path);
        }
        else
        {
            string found = content.Length == 0 ? "empty" : "something else";
            throw new SancovException($"{path}: expected a .NET module, a native binary, a .sancov or .symcov file or a point set; the file is {found}");
        }
    }

    private static bool IsSancov(byte[] content) =>
        content.Length >= sizeof(ulong)
        && BinaryPrimitives.ReadUInt64LittleEndian(content) is SancovFile.Magic64 or SancovFile.Magic32;
}
