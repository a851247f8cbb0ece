using System.Globalization;
using Edgewise.Symbols;
using Edgewise.Symbols.Elf;

namespace Edgewise.Kernel.Machine;

/// <summary>The kernel that runs: which build it is, and where its text begins.</summary>
public sealed class RunningKernel
{
    /// <summary>Where the text of a kernel for x86-64 begins when nothing moves it.</summary>
    /// <remarks>Source: <c>__START_KERNEL_map</c> and the default of <c>CONFIG_PHYSICAL_START</c>, 16 MiB.</remarks>
    private const ulong UsualText = 0xFFFF_FFFF_8100_0000;

    private readonly KernelFiles _files;

    private RunningKernel(KernelFiles files, string release, string? buildId)
    {
        _files = files;
        Release = release;
        BuildId = buildId;
    }

    /// <summary>Its release; "unknown" where it does not tell.</summary>
    public string Release { get; }

    /// <summary>Its build id in lower-case hex; null where it has none.</summary>
    public string? BuildId { get; }

    /// <summary>Reads what the kernel tells.</summary>
    /// <exception cref="KernelException">Its notes are damaged.</exception>
    public static RunningKernel Read(KernelFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        string? buildId = null;
        try
        {
            buildId = ElfNotes.BuildId(File.ReadAllBytes(files.Notes));
        }
        catch (SymbolsException e)
        {
            throw new KernelException($"{files.Notes}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without a build id has no such file; whoever needs the id says so.
        }

        return new RunningKernel(files, KernelFiles.TextOf(files.Release)?.Trim() ?? "unknown", buildId);
    }

    /// <summary>The address of <c>_text</c> that PCs of kcov are relative to, as far as the running kernel alone can tell.</summary>
    /// <exception cref="KernelException">It hides addresses, or runs at a random one; the message says what to do.</exception>
    public ulong TextStart()
    {
        const string otherwise = "or give the kernel's file with --vmlinux";
        ulong text = 0;
        try
        {
            foreach (string line in File.ReadLines(_files.Symbols))
            {
                // ADDRESS TYPE NAME
                string[] parts = line.Split(' ', '\t');
                if (parts.Length >= 3 && parts[2] == "_text")
                {
                    _ = ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out text);
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"{_files.Symbols}: cannot be read, and without it nobody knows where the kernel's text begins: {e.Message}; build the kernel with CONFIG_KALLSYMS=y, {otherwise}", e);
        }

        if (text == 0)
        {
            string restriction = KernelFiles.TextOf(_files.PointerRestriction)?.Trim() ?? "unknown";
            throw new KernelException($"{_files.Symbols}: hides addresses (kernel.kptr_restrict is {restriction}); as root: sysctl -w kernel.kptr_restrict=0, {otherwise}");
        }

        // kcov takes KASLR's offset from the PCs, and kallsyms does not from addresses.
        return text == UsualText ? text : throw new KernelException(
            $"{_files.Symbols}: the kernel runs at a random address (KASLR): _text is 0x{text:x}, and PCs of kcov are relative to another; boot with nokaslr, {otherwise}");
    }
}
