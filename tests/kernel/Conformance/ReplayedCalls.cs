using System.Globalization;
using System.Runtime.InteropServices;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Tests.Kernel.Conformance;

/// <summary>Stands in for a kernel: takes the calls of a check in the order in which they were recorded, and answers as the kernel did. Any other call is an error.</summary>
public sealed unsafe class ReplayedCalls(string check, IReadOnlyList<RecordedCall> calls) : IKernelCalls, IDisposable
{
    private readonly Dictionary<(int Device, long Offset), (nint Address, int Words)> _areas = [];
    private int _next;

    /// <summary>True when every recorded call was made.</summary>
    public bool IsAtEnd => _next == calls.Count;

    /// <inheritdoc/>
    public int Open(string path) => Next($"open {path}");

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ulong argument) => Next(string.Create(CultureInfo.InvariantCulture, $"control {descriptor} {request:x} {argument:x}"));

    /// <inheritdoc/>
    public int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument) =>
        Next(string.Create(CultureInfo.InvariantCulture, $"control {descriptor} {request:x} x{Convert.ToHexStringLower(argument)}"));

    /// <inheritdoc/>
    public long Map(int descriptor, long offset, long length, bool isWritable)
    {
        int words = (int)(length / sizeof(ulong));
        if (!_areas.TryGetValue((descriptor, offset), out (nint Address, int Words) area))
        {
            area = ((nint)NativeMemory.AllocZeroed((nuint)length), words);
            _areas.Add((descriptor, offset), area);
        }

        int answer = Next(string.Create(CultureInfo.InvariantCulture, $"map {descriptor} {offset} {length} {(isWritable ? "rw" : "r")}"));
        return answer < 0 ? answer : area.Address;
    }

    /// <inheritdoc/>
    public int Unmap(long address, long length) => 0;

    /// <inheritdoc/>
    public int Close(int descriptor) => Next(string.Create(CultureInfo.InvariantCulture, $"close {descriptor}"));

    /// <summary>Work is not done here; what the kernel recorded of it is put into the areas.</summary>
    public void Perform(string work) => Next($"perform {work}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((nint address, _) in _areas.Values)
        {
            NativeMemory.Free((void*)address);
        }

        _areas.Clear();
    }

    private int Next(string call)
    {
        if (_next == calls.Count || calls[_next].Call != call)
        {
            throw new InvalidOperationException($"{check}: the call '{call}' came where {(_next == calls.Count ? "no more" : $"'{calls[_next].Call}'")} was recorded");
        }

        RecordedCall recorded = calls[_next++];
        foreach (RecordedMemory memory in recorded.Memory)
        {
            if (!_areas.TryGetValue((memory.Device, memory.Offset), out (nint Address, int Words) area) || memory.From > area.Words || memory.Words.Length > area.Words - memory.From)
            {
                throw new InvalidOperationException($"{check}: behind '{call}' stands memory of device {memory.Device} at {memory.Offset}, which is not mapped, or not so large");
            }

            memory.Words.CopyTo(new Span<ulong>((void*)area.Address, area.Words)[memory.From..]);
        }

        return recorded.Answer;
    }
}
