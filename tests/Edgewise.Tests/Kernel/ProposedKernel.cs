using System.Runtime.InteropServices;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Tests.Kernel;

/// <summary>
/// A model of kernels that nobody has merged: kcov with the unique modes of January 2025, or with KCOV_UNIQUE_ENABLE of July 2025, after their descriptions. It shows that the library finds and uses them; what a
/// real one would do, it cannot show.
/// </summary>
internal sealed unsafe class ProposedKernel(bool hasModes, bool hasBitmap) : IKernelCalls, IDisposable
{
    private readonly List<nint> _memory = [];
    private nint _first, _second;
    private int _words;
    private ulong _mode;

    /// <summary>What was asked for last: the mode, or the words of the bitmap.</summary>
    public ulong LastMode => _mode;

    public int Open(string path)
    {
        _words = 0;
        return 3;
    }

    public int Control(int descriptor, ulong request, ulong argument)
    {
        if (request == KcovRequests.InitTrace)
        {
            _words = (int)argument;
            _first = Allocate();
            _second = Allocate();
            return 0;
        }

        if (request == KcovRequests.Enable)
        {
            _mode = argument;
            return argument <= 1 || (hasModes && argument is 2 or 4 or 6 or 8) ? 0 : -ErrorNumber.Invalid;
        }

        if (request == KcovRequests.UniqueEnable)
        {
            _mode = argument;
            return hasBitmap ? 0 : -ErrorNumber.UnknownRequest;
        }

        return request == KcovRequests.Disable ? 0 : -ErrorNumber.UnknownRequest;
    }

    public int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument) => -ErrorNumber.Invalid;

    public long Map(int descriptor, long offset, long length, bool isWritable) =>
        offset == 0 ? _first : hasModes && offset == (long)_words * sizeof(ulong) ? _second : -ErrorNumber.Invalid;

    public int Unmap(long address, long length) => 0;

    public int Close(int descriptor) => 0;

    /// <summary>Writes a count and records from a word on.</summary>
    public void Record(int area, int from, params ReadOnlySpan<ulong> records)
    {
        var memory = new Span<ulong>((void*)(area == 0 ? _first : _second), _words);
        memory[from] = (ulong)records.Length;
        records.CopyTo(memory[(from + 1)..]);
    }

    public void Dispose() => _memory.ForEach(address => NativeMemory.Free((void*)address));

    private nint Allocate()
    {
        nint address = (nint)NativeMemory.AllocZeroed((nuint)_words, sizeof(ulong));
        _memory.Add(address);
        return address;
    }
}
