using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>Where a tool of AFL++ puts the input of each run: shared memory, a file that is named, or standard input.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class TestCase
{
    // AFL++'s own limit for inputs.
    private const int Longest = 1 << 20;

    private readonly byte* _shared;
    private readonly int _most;
    private readonly string? _path;
    private readonly byte[] _bytes;

    private TestCase(byte* shared, int most, string? path)
    {
        _shared = shared;
        _most = most;
        _path = path;
        _bytes = shared == null ? new byte[Longest] : [];
    }

    /// <summary>Takes inputs from shared memory.</summary>
    /// <exception cref="IOException">The segment cannot be mapped.</exception>
    public static TestCase InSegment(int segment) =>
        new((byte*)SharedSegment.Attach(segment), (int)Math.Min(SharedSegment.SizeOf(segment) - sizeof(uint), int.MaxValue), null);

    /// <summary>Takes inputs from a file.</summary>
    /// <param name="path">The file; null for standard input.</param>
    public static TestCase InFile(string? path) => new(null, 0, path);

    /// <summary>The input of this run.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ReadOnlySpan<byte> Read()
    {
        if (_shared != null)
        {
            return new ReadOnlySpan<byte>(_shared + sizeof(uint), (int)Math.Min(*(uint*)_shared, (uint)_most));
        }

        if (_path is null)
        {
            return _bytes.AsSpan(0, Descriptor.ReadWhole(0, _bytes));
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(_path);
        return _bytes.AsSpan(0, Descriptor.ReadWhole((int)file.DangerousGetHandle(), _bytes));
    }
}
