using System.Reflection;

namespace Edgewise.Bench.Peers;

/// <summary>Instruments a module with a peer's own code, which rewrites files, on copies in a temporary folder.</summary>
internal static class PeerRun
{
    // A comparison that is taken again takes the same images: peers do not stand being loaded twice.
    private static readonly Dictionary<(string Peer, string Module), byte[]> Made = [];

    /// <summary>Instruments a module.</summary>
    /// <param name="peer">Name of the peer.</param>
    /// <param name="package">Its NuGet package.</param>
    /// <param name="library">Path of the assembly of the package that does it, or null where that was not restored.</param>
    /// <param name="modulePath">The module; its PDB is beside it.</param>
    /// <param name="report">Takes a line that says why, where nothing came of it.</param>
    /// <param name="instrument">Takes the library's folder and the path of the copy, and returns the path of the result.</param>
    /// <returns>The instrumented image; null where the peer is not there or did not do it.</returns>
    public static byte[]? Instrument(
        string peer, string package, string? library, string modulePath, Action<string> report, Func<string, string, string> instrument)
    {
        if (Made.TryGetValue((peer, modulePath), out byte[]? made))
        {
            return made;
        }

        if (library is null)
        {
            report($"{peer}: skipped, the package {package} was not restored");
            return null;
        }

        string work = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            string module = Path.Combine(work, Path.GetFileName(modulePath));
            File.Copy(modulePath, module);
            File.Copy(Path.ChangeExtension(modulePath, ".pdb"), Path.ChangeExtension(module, ".pdb"));
            byte[] instrumented = File.ReadAllBytes(instrument(Path.GetDirectoryName(library)!, module));
            return instrumented.AsSpan().SequenceEqual(File.ReadAllBytes(modulePath))
                ? throw new InvalidOperationException($"it left {Path.GetFileName(module)} as it was")
                : Made[(peer, modulePath)] = instrumented;
        }
        catch (Exception exception) when (exception
            is TargetInvocationException or AggregateException or MissingMemberException or TypeLoadException or ReflectionTypeLoadException or InvalidOperationException or IOException)
        {
            report($"{peer}: skipped, {(exception.InnerException ?? exception).Message}");
            return null;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Path of an assembly somewhere in a package, or null.</summary>
    public static string? Find(string package, string file) =>
        Path.Combine(package, "build") is var folder && package.Length > 0 && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, file, SearchOption.AllDirectories).FirstOrDefault()
            : null;
}
