using System.IO.MemoryMappedFiles;
using Edgewise.Runtime.Formats;
using Microsoft.Win32.SafeHandles;

namespace Edgewise.Native.Tables;

/// <summary>One of the runtime's two blocks of memory: within this process, or a file that another one maps.</summary>
/// <remarks>A file only grows; its view is made again when it did. Memory of this process is read as far as its own header tells.</remarks>
internal sealed unsafe class TablesMemory : IDisposable
{
    private readonly SafeFileHandle? _file;
    private MemoryMappedViewAccessor? _view;
    private byte* _start;
    private long _size;

    /// <summary>Memory of this process.</summary>
    public TablesMemory(byte* start, string source)
    {
        _start = start;
        _size = long.MaxValue;
        Source = source;
    }

    /// <summary>A file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public TablesMemory(string path)
    {
        Source = path;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Refresh();
        }
        catch (IOException)
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Name for messages.</summary>
    public string Source { get; }

    /// <summary>Bytes that can be read.</summary>
    public long Size => _size;

    /// <summary>Makes what a file gained readable. Spans from before are invalid then.</summary>
    public void Refresh()
    {
        long size = _file is null ? _size : RandomAccess.GetLength(_file);
        if (_file is null || size == _size || size == 0)
        {
            return;
        }

        Unmap();
        using var mapping = MemoryMappedFile.CreateFromFile(_file, null, size, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = mapping.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start;
        _size = size;
    }

    /// <summary>A part of the memory.</summary>
    /// <exception cref="CoverageFormatException">The file ends before.</exception>
    public ReadOnlySpan<byte> Slice(long offset, long length)
    {
        if (offset < 0 || length is < 0 or > int.MaxValue || offset > _size - length)
        {
            throw new CoverageFormatException($"{Source}: offset {offset}: {length} bytes expected in a file of {_size} bytes");
        }

        return new ReadOnlySpan<byte>(_start + offset, (int)length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unmap();
        _file?.Dispose();
    }

    private void Unmap()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _view = null;
        _start = null;
        _size = 0;
    }
}
