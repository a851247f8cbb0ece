using Edgewise.Native;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary>Makes <c>.sancov</c> files of what processes under <c>coverage_direct=1</c> left.</summary>
/// <param name="output">Folder to write to; null for that of each file.</param>
/// <param name="formats">What else is written of a map.</param>
/// <param name="report">Takes warnings.</param>
internal sealed class RawUnpacking(string? output, DumpFormats formats, CommandReport report)
{
    private static readonly Dictionary<string, DumpFormats> Names = new(StringComparer.Ordinal)
    {
        ["bitset"] = DumpFormats.Bitset,
        ["counters"] = DumpFormats.Counters,
        ["packed"] = DumpFormats.Packed,
        ["raw"] = DumpFormats.Raw,
    };

    /// <summary>Reads a list of formats.</summary>
    /// <exception cref="SancovException">One is unknown.</exception>
    public static DumpFormats ParseFormats(string? list)
    {
        DumpFormats formats = DumpFormats.None;
        foreach (string name in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            formats |= Names.TryGetValue(name, out DumpFormats format)
                ? format
                : throw new SancovException($"--formats: '{name}' is none of {string.Join(", ", Names.Keys)}");
        }

        return formats;
    }

    /// <summary>Unpacks files.</summary>
    /// <returns>Paths of the files that are there now.</returns>
    /// <exception cref="SancovException">A file cannot be read, has another kind of name, or one cannot be written.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    public IReadOnlyList<string> Unpack(IEnumerable<string> paths) => [.. paths.SelectMany(Unpack)];

    private IReadOnlyList<string> Unpack(string path)
    {
        string folder = output ?? Path.GetDirectoryName(path) ?? "";
        if (path.EndsWith(FileNames.MapEnding, StringComparison.Ordinal))
        {
            return Recover(path, folder.Length == 0 ? "." : folder);
        }

        List<string> warnings = [];
        IReadOnlyList<UnpackedSancov> files = RawReader.Read(path, warnings);
        warnings.ForEach(report.Note);
        return Unpacking.Write(folder.Length == 0 ? "." : folder, files);
    }

    private IReadOnlyList<string> Recover(string path, string folder)
    {
        try
        {
            if (NativeDump.IsNative(path))
            {
                return RecoverNative(path, folder);
            }

            RunRecord run = DumpWriter.Recover(path, folder, new DumpOptions { Formats = formats });
            if (run.LostEventCount > 0)
            {
                report.Note($"{path}: {run.LostEventCount} events of its traces are lost");
            }

            return
            [
                .. run.Modules.Where(static module => module.SancovFile is not null).Select(module => Path.Combine(folder, module.SancovFile!)),
                .. run.Files.Select(file => Path.Combine(folder, file)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NativeException)
        {
            throw new SancovException(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}", e);
        }
    }

    private IReadOnlyList<string> RecoverNative(string path, string folder)
    {
        if (formats != DumpFormats.None)
        {
            report.Note($"{path}: of a native process; --formats is for those of .NET, and only .sancov files are written");
        }

        using NativeCoverage coverage = NativeTarget.Attach(path);
        return NativeDump.Write(coverage, folder);
    }
}
