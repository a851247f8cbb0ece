using System.Security.Cryptography;
using System.Text.Json;
using Edgewise.Hosting.Folders;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Hosting.Images;

/// <summary>Instrumented images on disk, named by everything that they depend on, so that a second run of the same program instruments nothing.</summary>
/// <remarks>
/// An entry is a folder that appears by one rename, so processes may share the cache: who comes second takes what is there. Its files
/// carry their hashes; an entry that does not agree with them is put aside and built anew. Entries unused for a month go.
/// </remarks>
public sealed class ImageCache
{
    internal const string FolderName = "images";
    private const string ImageName = "image";
    private const string PdbName = "pdb";
    private const string EntryName = "entry.json";

    /// <summary>Two processes that both find an entry damaged may take away what the other one built; a further attempt settles it.</summary>
    private const int Attempts = 3;

    private static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(30);

    private readonly string _folder;

    /// <summary>Opens the cache below a folder.</summary>
    /// <exception cref="HostingException">The folder cannot be made.</exception>
    public ImageCache(CacheFolder folder)
    {
        _folder = Path.Combine(folder.Path, FolderName);
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{_folder}: cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Gives the instrumented image of a module, from the cache or by instrumenting it.</summary>
    /// <param name="path">The original.</param>
    /// <param name="options">What to insert.</param>
    /// <exception cref="HostingException">The file cannot be read, or the image not be written.</exception>
    /// <exception cref="InstrumentationException">The module as a whole cannot be instrumented; the message lacks the file's name.</exception>
    public InstrumentedModule Get(string path, InstrumentationOptions options)
    {
        ModuleInput input = ModuleInput.Read(path);
        string name = Path.GetFileName(path);
        string entry = Path.Combine(_folder, CacheKey.Of(input.Image, input.Pdb, name, options));
        if (TryRead(entry) is { } cached)
        {
            return cached;
        }

        InstrumentationResult result = Instrumenter.Instrument(
            input.Image, input.Pdb, name, options with { ReferenceFolders = ModuleInput.ReferenceFolders(path) });
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryWrite(path, entry, result) is { } written)
            {
                return written with { WasCached = false };
            }
        }

        throw new HostingException($"{entry}: the instrumented image of {path} was gone or damaged each time it was written");
    }

    private InstrumentedModule? TryWrite(string path, string entry, InstrumentationResult result)
    {
        try
        {
            Write(entry, result);
            RemoveUnused();
            return TryRead(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{entry}: the instrumented image of {path} cannot be written: {e.Message}", e);
        }
    }

    private static InstrumentedModule? TryRead(string folder)
    {
        try
        {
            string imagePath = Path.Combine(folder, ImageName), pdbPath = Path.Combine(folder, PdbName);
            if (!Directory.Exists(folder))
            {
                return null;
            }

            CacheEntry? entry = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, EntryName)), CacheEntryJson.Default.CacheEntry);
            byte[] image = File.ReadAllBytes(imagePath);
            if (entry is null
                || Hash(image) != entry.ImageHash
                || (entry.PdbHash is not null && Hash(File.ReadAllBytes(pdbPath)) != entry.PdbHash)
                || !ImagePoints.TryRead(image, imagePath, out PointSet? points))
            {
                return null;
            }

            File.SetLastWriteTimeUtc(Path.Combine(folder, EntryName), DateTime.UtcNow);
            return new InstrumentedModule(
                imagePath, entry.PdbHash is null ? null : pdbPath, points, entry.MethodCount, entry.IgnoredCount, entry.LeftOut, entry.Warnings, WasCached: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or CoverageFormatException)
        {
            return null;
        }
    }

    private static void Write(string folder, InstrumentationResult result)
    {
        string temporary = $"{folder}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(temporary);
        try
        {
            File.WriteAllBytes(Path.Combine(temporary, ImageName), result.Image);
            if (result.Pdb is { } pdb)
            {
                File.WriteAllBytes(Path.Combine(temporary, PdbName), pdb);
            }

            var entry = new CacheEntry(
                Hash(result.Image), result.Pdb is null ? null : Hash(result.Pdb), result.MethodCount, result.IgnoredCount, result.LeftOut, result.Warnings);
            File.WriteAllBytes(Path.Combine(temporary, EntryName), JsonSerializer.SerializeToUtf8Bytes(entry, CacheEntryJson.Default.CacheEntry));
            Publish(temporary, folder);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static void Publish(string temporary, string folder)
    {
        if (Directory.Exists(folder) && TryRead(folder) is null)
        {
            // Damaged. Renamed first, so that nobody sees an entry with half of its files.
            string aside = $"{folder}.{Path.GetRandomFileName()}";
            try
            {
                Directory.Move(folder, aside);
                Directory.Delete(aside, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another one who saw the damage took it away.
            }
        }

        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (TryRead(folder) is not null)
        {
            // Another process was quicker, and equal inputs make equal images.
        }
    }

    private void RemoveUnused()
    {
        foreach (string folder in Directory.EnumerateDirectories(_folder))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(Path.Combine(folder, EntryName)) > UnusedAfter
                    && DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > UnusedAfter)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (IOException)
            {
                // Another process removes it just now.
            }
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
