using Edgewise.Symbols;
using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Kernel.Machine;

/// <summary>The file of a kernel with its symbols: <c>vmlinux</c>.</summary>
public sealed class KernelImage
{
    private const string TextSymbol = "_text";

    private readonly ElfFile _file;

    private KernelImage(ElfFile file, ulong textStart)
    {
        _file = file;
        TextStart = textStart;
    }

    /// <summary>Its path.</summary>
    public string Path => _file.Path;

    /// <summary>Its build id in lower-case hex; null where it has none.</summary>
    public string? BuildId => _file.BuildId;

    /// <summary>Where its text begins, before KASLR moves it: PCs of kcov are relative to this.</summary>
    public ulong TextStart { get; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="KernelException">It cannot be read, or is no kernel with symbols.</exception>
    public static KernelImage Open(string path)
    {
        try
        {
            ElfFile file = ElfFile.Read(File.ReadAllBytes(path), path);
            ElfSymbol text = file.Symbols.FirstOrDefault(symbol => symbol.Name == TextSymbol && symbol.IsDefined)
                ?? throw new KernelException($"{path}: has no symbol {TextSymbol}: expected a vmlinux with its symbols, as the build leaves it in its top folder or a distribution's debug package has it");
            return new KernelImage(file, text.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"{path}: cannot be read: {e.Message}", e);
        }
        catch (SymbolsException e)
        {
            throw new KernelException($"{e.Message}; expected a vmlinux, which is no bzImage and no vmlinuz", e);
        }
    }

    /// <summary>Makes sure that this is the file of the kernel that runs.</summary>
    /// <exception cref="KernelException">It is of another build, or one of the two has no build id.</exception>
    public void CheckIs(RunningKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (kernel.BuildId is null)
        {
            throw new KernelException($"/sys/kernel/notes: the running kernel tells no build id, so nothing says whether {Path} is its file; build it with --build-id, which is the default");
        }

        if (BuildId != kernel.BuildId)
        {
            throw new KernelException($"{Path}: is of another build: its build id is {BuildId ?? "missing"}, that of the running kernel ({kernel.Release}) {kernel.BuildId}; expected the vmlinux that came out of the same build");
        }
    }

    /// <summary>The address that tools know a PC by: within the call of the callback, which kcov tells the return address of.</summary>
    public ulong PointOf(ulong pc) => pc - (_file.Machine == ElfMachine.Arm64 ? 4u : 1u);

    /// <summary>Those of some points at which the image calls the callback. A callback that is jumped to tells the PC of the function's caller, which is none.</summary>
    /// <param name="points">From <see cref="PointOf"/>.</param>
    /// <exception cref="KernelException">The file is damaged.</exception>
    public ulong[] KnownPoints(IEnumerable<ulong> points)
    {
        try
        {
            BinaryPoints known = BinaryPoints.Find(_file);
            return [.. points.Where(point => known.PointOf(point) >= 0)];
        }
        catch (SymbolsException e)
        {
            throw new KernelException(e.Message, e);
        }
    }

    /// <summary>Names points.</summary>
    /// <param name="points">From <see cref="PointOf"/>.</param>
    /// <param name="warnings">Receives what a user should know of what is missing.</param>
    /// <returns>For each point its frames, the innermost first; at least one.</returns>
    /// <exception cref="KernelException">The program that names them is not there.</exception>
    public Frame[][] NamesOf(ulong[] points, ICollection<string> warnings)
    {
        try
        {
            return AddressNames.Find([new AddressList(_file, points)], new SymbolizerOptions(), warnings)[0];
        }
        catch (SymbolsException e)
        {
            throw new KernelException(e.Message, e);
        }
    }
}
