using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Platform;

/// <summary>The way of every system: zeroed memory anywhere, or the view of a mapped file, all of it usable from the start.</summary>
internal sealed unsafe class PortableAddressSpace : AddressSpace
{
    /// <summary>Bytes of a map that is no file.</summary>
    public const int AllocatedSize = 128 << 20;

    // Keeps the view alive; it is never disposed, for instrumented code may store into it until the process ends.
    private readonly MemoryMappedViewAccessor? _view;

    private PortableAddressSpace(nint start, long size, MemoryMappedViewAccessor? view) : base(start, size) => _view = view;

    public static PortableAddressSpace? TryAllocate()
    {
        try
        {
            return new PortableAddressSpace((nint)NativeMemory.AllocZeroed(AllocatedSize), AllocatedSize, null);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Maps the counters of a file, wherever the system puts them.</summary>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be mapped.</exception>
    public static PortableAddressSpace Over(MapFile file)
    {
        using var mapping = MemoryMappedFile.CreateFromFile(
            file.Handle, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = mapping.CreateViewAccessor(file.CountersOffset, file.CountersSize);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return new PortableAddressSpace((nint)pointer + (nint)view.PointerOffset, file.CountersSize, view);
    }

    public override bool Commit(long offset, long length) => true;

    /// <summary>True only for the file that this space is a view of.</summary>
    public override bool Place(MapFile file, long offset, long fileOffset, long length) =>
        _view is not null && offset == 0 && fileOffset == file.CountersOffset && length <= Size;

    public override void Release()
    {
        if (_view is null)
        {
            NativeMemory.Free(Start);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
