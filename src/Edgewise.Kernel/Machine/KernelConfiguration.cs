using System.IO.Compression;

namespace Edgewise.Kernel.Machine;

/// <summary>With which options the running kernel was built, where that can be found out.</summary>
public sealed class KernelConfiguration
{
    private readonly HashSet<string> _lines;

    private KernelConfiguration(string path, IEnumerable<string> lines)
    {
        Path = path;
        _lines = [.. lines];
    }

    /// <summary>Where it stands.</summary>
    public string Path { get; }

    /// <summary>Reads <c>/proc/config.gz</c>, or <c>/boot/config-RELEASE</c>; null where neither is there.</summary>
    public static KernelConfiguration? Read(KernelFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (KernelFiles.TextOf(files.Release)?.Trim() is { Length: > 0 } release && !release.Contains('/', StringComparison.Ordinal)
            && KernelFiles.TextOf(files.ConfigurationOf(release)) is { } text)
        {
            return new KernelConfiguration(files.ConfigurationOf(release), text.Split('\n'));
        }

        try
        {
            using GZipStream packed = new(File.OpenRead(files.PackedConfiguration), CompressionMode.Decompress);
            using StreamReader reader = new(packed);
            return new KernelConfiguration(files.PackedConfiguration, reader.ReadToEnd().Split('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>True for an option that is built in: <c>CONFIG_KCOV</c>.</summary>
    public bool Has(string option) => _lines.Contains(option + "=y");
}
