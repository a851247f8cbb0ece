using System.IO.MemoryMappedFiles;
using Edgewise.Supervision.Platform;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Supervision.Memory;

/// <summary>
/// Memory that a parent and a worker share: a file in memory where the system has such a folder, mapped by both. Who made it removes it; what was stored
/// before a process died is there for the other.
/// </summary>
public sealed unsafe class SharedFile : IDisposable
{
    private const string MemoryFolder = "/dev/shm";

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedViewAccessor _view;
    private MemoryMappedViewAccessor? _readOnlyView;
    private byte* _readOnlyStart;
    private bool _isOwn;
    private bool _isDisposed;

    private SharedFile(string path, SafeFileHandle file, bool isOwn)
    {
        Path = path;
        _file = file;
        _isOwn = isOwn;
        Size = RandomAccess.GetLength(file);
        using var mapping = MemoryMappedFile.CreateFromFile(file, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = mapping.CreateViewAccessor(0, Size);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start;
        if (OperatingSystem.IsLinux())
        {
            // .NET keeps its mappings from forked children, which need this one.
            LinuxPages.KeepInChildren((nint)start, Size);
        }
    }

    /// <summary>Path of the file, for the other process.</summary>
    public string Path { get; }

    /// <summary>First byte of the mapping; valid until the file is disposed.</summary>
    public byte* Start { get; }

    /// <summary>First byte of a second mapping, which cannot be written to; made when it is first asked for.</summary>
    public byte* ReadOnlyStart => _readOnlyStart is not null ? _readOnlyStart : MapReadOnly();

    /// <summary>Bytes that are mapped.</summary>
    public long Size { get; }

    /// <summary>Makes a file of zeros with blocks of its own: no later store into it can fail for want of room.</summary>
    /// <param name="name">First part of its name.</param>
    /// <param name="size">Bytes, at least one.</param>
    /// <exception cref="SupervisionException">There is no room; the message names the size that was asked for and the folders.</exception>
    public static SharedFile Create(string name, long size)
    {
        string[] folders = OperatingSystem.IsLinux() && Directory.Exists(MemoryFolder) ? [MemoryFolder, System.IO.Path.GetTempPath()] : [System.IO.Path.GetTempPath()];
        return Create(name, size, folders);
    }

    /// <summary>Maps the file that a parent made.</summary>
    /// <exception cref="SupervisionException">It is not there, or cannot be mapped.</exception>
    public static SharedFile Open(string path)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.GetLength(file) > 0 ? new SharedFile(path, file, isOwn: false) : throw new IOException("the file is empty");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SupervisionException($"{path}: shared memory cannot be opened: {failure.Message}", failure);
        }
    }

    internal static SharedFile Create(string name, long size, IReadOnlyList<string> folders)
    {
        Exception? last = null;
        foreach (string folder in folders)
        {
            string path = System.IO.Path.Combine(folder, $"{name}-{Environment.ProcessId}-{Guid.NewGuid():n}");
            try
            {
                // Preallocation fails where there is no room; the length does not follow from it on every system.
                SafeFileHandle file = File.OpenHandle(
                    path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, preallocationSize: size);
                RandomAccess.SetLength(file, size);
                return new SharedFile(path, file, isOwn: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                last = failure;
            }
        }

        throw new SupervisionException($"no shared memory of {size} bytes in {string.Join(" or ", folders)}: {last?.Message}", last!);
    }

    /// <summary>
    /// Puts memory of this process into the file: what stands in whole pages goes to the end of the file, and the pages become that part of it, at the
    /// same addresses. Linux only.
    /// </summary>
    /// <param name="address">First byte of pages that hold nothing else, and that nobody gives back.</param>
    /// <param name="length">Their size, a multiple of the page size.</param>
    /// <returns>Where in the file they stand; -1 where the system cannot, or has no room: then nothing has changed.</returns>
    public long TryTakeIn(byte* address, long length)
    {
        if (!OperatingSystem.IsLinux() || length <= 0 || ((long)address | length) % Environment.SystemPageSize != 0)
        {
            return -1;
        }

        long page = Environment.SystemPageSize;
        long offset = (RandomAccess.GetLength(_file) + page - 1) / page * page;
        try
        {
            // Written, not only made longer: so it has blocks, and a full file system is noticed here and not by a signal later.
            const int Piece = 1 << 20;
            for (long done = 0; done < length; done += Piece)
            {
                RandomAccess.Write(_file, new ReadOnlySpan<byte>(address + done, (int)Math.Min(Piece, length - done)), offset + done);
            }
        }
        catch (IOException)
        {
            return -1;
        }

        return LinuxPages.Replace((nint)address, length, _file, offset) ? offset : -1;
    }

    /// <summary>Reads bytes behind the mapping that the other process took in.</summary>
    /// <returns>Number of bytes; fewer where the file ends.</returns>
    public int Read(long offset, Span<byte> destination) => RandomAccess.Read(_file, destination, offset);

    /// <summary>Removes the name; the memory stays for those who have it open.</summary>
    public void Unlink()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a file that is mapped; Dispose tries again.
        }
    }

    /// <summary>Leaves it to another process to remove the name.</summary>
    public void LeaveName() => _isOwn = false;

    /// <summary>
    /// Removes the name where others reach the memory without one, so that nothing is left of it however this process ends, and tells how they reach it.
    /// </summary>
    /// <returns>A path for other processes, good while this one lives.</returns>
    public string ShareUnnamed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path;
        }

        Unlink();
        return $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}";
    }

    private byte* MapReadOnly()
    {
        using var mapping = MemoryMappedFile.CreateFromFile(_file, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _readOnlyView = mapping.CreateViewAccessor(0, Size, MemoryMappedFileAccess.Read);
        byte* start = null;
        _readOnlyView.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return _readOnlyStart = start;
    }

    /// <summary>Gives the mapping back; who made the file removes it. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _readOnlyView?.SafeMemoryMappedViewHandle.ReleasePointer();
        _readOnlyView?.Dispose();
        _file.Dispose();
        if (_isOwn)
        {
            Unlink();
        }
    }
}
