using System.IO.MemoryMappedFiles;
using Edgewise.Runtime.Platform;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Runtime.Trace;

/// <summary>Room for events in a file: a header, then the events. The kernel keeps what was stored even if the process is killed.</summary>
internal sealed unsafe class TraceFileMemory : TraceMemory
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    // Keeps the mapping of a system without mmap of its own alive.
    private readonly MemoryMappedViewAccessor? _view;

    private TraceFileMemory(SafeFileHandle file, string path, byte* start, long size, MemoryMappedViewAccessor? view) : base(start, size)
    {
        _file = file;
        _path = path;
        _view = view;
    }

    public static TraceFileMemory Create(string path, long size)
    {
        // What may stand there is of an earlier process whose map is gone: without that it says nothing.
        SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return MapPortably(file, path, size);
            }

            // Pages behind the end of the file are mapped already, and come to life as it grows.
            nint address = Libc.Map(0, (nuint)size, Libc.ProtReadWrite, Libc.MapShared, (int)file.DangerousGetHandle(), 0);
            return address != Libc.MapFailed
                ? new TraceFileMemory(file, path, (byte*)address, size, null)
                : throw new IOException($"{path}: {size} bytes of trace cannot be mapped");
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    protected override bool TryMakeUsable(long length)
    {
        try
        {
            if (_view is null)
            {
                FileSpace.Allocate(_file, _path, Usable, length - Usable);
            }

            return true;
        }
        catch (IOException)
        {
            // A full file system: what comes from here on is counted as lost.
            return false;
        }
    }

    private static TraceFileMemory MapPortably(SafeFileHandle file, string path, long size)
    {
        FileSpace.AllocateByWriting(file, 0, size);
        using var mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = mapping.CreateViewAccessor(0, size);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return new TraceFileMemory(file, path, pointer + view.PointerOffset, size, view);
    }
}
