using System.Text;
using Edgewise.Native.Tables;
using Edgewise.Runtime.Formats;

namespace Edgewise.Native;

/// <summary>Writes the files that a process could not write itself: after SIGKILL, or while it still runs.</summary>
public static class NativeDump
{
    /// <summary>Writes <c>MODULE.PID.sancov</c> and <c>MODULE.PID.buildid</c> for each object that was reached; what stood there is replaced.</summary>
    /// <remarks>
    /// Points that have guards and counters are told by their guards, as the runtime's own files have it. The second of two objects of one file name
    /// has its number in the name.
    /// </remarks>
    /// <param name="coverage">What was counted.</param>
    /// <param name="folder">Where to; made where it is missing.</param>
    /// <returns>Paths of the <c>.sancov</c> files.</returns>
    /// <exception cref="CoverageFormatException">The map is damaged.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static IReadOnlyList<string> Write(NativeCoverage coverage, string folder)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (NativeObject image in coverage.Objects)
        {
            ulong[] pcs = [.. coverage.Modules.Where(module => module.Image == image && !IsRepeated(module, coverage)).SelectMany(coverage.CoveredPcs).Distinct()];
            if (pcs.Length == 0)
            {
                continue;
            }

            bool isNameTaken = coverage.Objects.Any(other => other.Number < image.Number && other.Name == image.Name);
            string path = Path.Combine(folder, FileNames.Sancov(isNameTaken ? $"{image.Name}-{image.Number}" : image.Name, coverage.ProcessId));
            SancovFile.Write(path, pcs);
            written.Add(path);
            if (image.BuildId.Length > 0)
            {
                AtomicFile.Write(Path.ChangeExtension(path, ".buildid"), Encoding.ASCII.GetBytes(image.BuildId + "\n"));
            }
        }

        return written;
    }

    /// <summary>True for the map of a native process: its tables stand beside it.</summary>
    /// <param name="mapPath">Path of the map.</param>
    public static bool IsNative(string mapPath) => File.Exists(mapPath + TablesLayout.FileEnding);

    private static bool IsRepeated(NativeModule module, NativeCoverage coverage) =>
        module.Kind <= NativeModuleKind.Flags
        && coverage.Modules.Any(other => other.Kind < module.Kind && other.Image == module.Image && other.PointCount == module.PointCount);
}
