using System.Runtime.InteropServices;
using Edgewise.Native.Platform;

namespace Edgewise.Native;

/// <summary>
/// A shared object built with <c>-fsanitize-coverage</c>, loaded into this process: its entry point can be called, and its counters and compares
/// are visible. What the target does to the process (a crash, an exit) happens to this process.
/// </summary>
/// <remarks>One thread at a time. ELF systems only.</remarks>
public sealed unsafe class NativeTarget : IDisposable
{
    /// <summary>The entry point of a fuzz target, <c>int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)</c>.</summary>
    public const string FuzzEntry = "LLVMFuzzerTestOneInput";

    private const string Extension = ".so";

    /// <summary>True for a path that names a shared object, with or without a version behind its ending.</summary>
    public static bool IsNamedBy(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(Extension, StringComparison.Ordinal) || path.Contains(Extension + ".", StringComparison.Ordinal);
    }

    private const string RuntimeName = "libedgewise_native.so";

    private readonly nint _handle;
    private readonly delegate* unmanaged[Cdecl]<byte*, nuint, int> _entry;
    private readonly delegate* unmanaged[Cdecl]<void> _reset;
    private readonly delegate* unmanaged[Cdecl]<nuint> _lowestStack;
    private bool _isDisposed;

    private NativeTarget(nint handle, nint entry, nint runtime, string path)
    {
        _handle = handle;
        Path = path;
        _entry = (delegate* unmanaged[Cdecl]<byte*, nuint, int>)entry;
        _reset = (delegate* unmanaged[Cdecl]<void>)Require(runtime, "edgewise_reset", path);
        _lowestStack = (delegate* unmanaged[Cdecl]<nuint>)Require(runtime, "edgewise_lowest_stack", path);
        var tables = (delegate* unmanaged[Cdecl]<nint>)Require(runtime, "edgewise_tables", path);
        var counters = (delegate* unmanaged[Cdecl]<nint>)Require(runtime, "edgewise_counters", path);
        nint start = tables();
        Coverage = start == 0 ? throw new NativeException($"{path}: the native runtime has no memory for its tables") : NativeCoverage.OfThisProcess(start, counters(), path);
    }

    /// <summary>The object.</summary>
    public string Path { get; }

    /// <summary>All that this process counts natively: the target and what it loaded.</summary>
    public NativeCoverage Coverage { get; }

    /// <summary>Lowest stack address that this thread reached under <c>stack-depth</c> since <see cref="Reset"/>; all ones if none.</summary>
    public nuint LowestStack => _lowestStack();

    /// <summary>Loads a target, and the native runtime before it where the target does not bring it along.</summary>
    /// <param name="path">The shared object.</param>
    /// <param name="entry">An exported function with the signature of <see cref="FuzzEntry"/>.</param>
    /// <param name="runtimePath">
    /// The native runtime; null for <c>libedgewise_native.so</c> beside this program, beside the target, or where the loader looks.
    /// </param>
    /// <exception cref="NativeException">It cannot be loaded, has no such function, or was built without coverage.</exception>
    public static NativeTarget Load(string path, string entry = FuzzEntry, string? runtimePath = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(entry);
        string full = System.IO.Path.GetFullPath(path);
        if (!OperatingSystem.IsLinux())
        {
            throw new NativeException($"{path}: native targets are loaded on Linux only");
        }

        if (!File.Exists(full))
        {
            throw new NativeException($"{path}: there is no such file; a shared object expected");
        }

        nint handle = DynamicLoader.Open(full, isGlobal: false, out string failure);
        if (handle == 0)
        {
            OpenRuntime(full, runtimePath, failure);
            handle = DynamicLoader.Open(full, isGlobal: false, out failure);
        }

        if (handle == 0)
        {
            throw new NativeException($"{path}: cannot be loaded: {failure}");
        }

        NativeTarget? target = null;
        try
        {
            nint function = Require(handle, entry, path);

            // A runtime within the target is asked first; but one that was loaded globally before may have taken its calls.
            foreach (nint runtime in (nint[])[handle, DynamicLoader.Everything])
            {
                if (target is not { HasPoints: true } && DynamicLoader.Symbol(runtime, "edgewise_tables") != 0)
                {
                    target?.Coverage.Dispose();
                    target = new NativeTarget(handle, function, runtime, full);
                }
            }

            if (target is not { HasPoints: true })
            {
                throw new NativeException($"{path}: no coverage points that call our runtime: build it with -fsanitize-coverage=inline-8bit-counters,pc-table -fno-sanitize-link-runtime");
            }

            return target;
        }
        catch (NativeException)
        {
            target?.Coverage.Dispose();
            _ = DynamicLoader.Close(handle);
            throw;
        }
    }

    /// <summary>Opens the map file of another process: <see cref="NativeCoverage.Open"/>.</summary>
    /// <param name="mapPath">The map, <c>PID.edgewise-map</c>.</param>
    /// <exception cref="NativeException">It cannot be read, or is none of the native runtime's.</exception>
    public static NativeCoverage Attach(string mapPath)
    {
        try
        {
            return NativeCoverage.Open(mapPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NativeException($"{mapPath}: {failure.Message}", failure);
        }
    }

    /// <summary>Calls the entry point.</summary>
    /// <param name="input">What it gets; it must not write there.</param>
    /// <returns>What it returns.</returns>
    public int Run(ReadOnlySpan<byte> input)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // A null pointer is not what a target expects of an empty input.
        byte none = 0;
        fixed (byte* start = input)
        {
            return _entry(start is null ? &none : start, (nuint)input.Length);
        }
    }

    /// <summary>Address of another exported function, for a call with a signature of its own; 0 where there is none.</summary>
    public nint Export(string name)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return DynamicLoader.Symbol(_handle, name);
    }

    /// <summary>Clears all counters, compares and the lowest stack address.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _reset();
    }

    /// <summary>Unloads the target; spans of its coverage are invalid then.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Coverage.Dispose();
            _ = DynamicLoader.Close(_handle);
        }
    }

    private bool HasPoints => Coverage.Modules.Any(module => module.Image.Path == Path);

    private static nint Require(nint handle, string name, string path)
    {
        nint symbol = DynamicLoader.Symbol(handle, name);
        return symbol != 0 ? symbol : throw new NativeException($"{path}: exports no function {name}");
    }

    private static void OpenRuntime(string target, string? runtimePath, string failure)
    {
        string[] candidates = runtimePath is not null
            ? [runtimePath]
            : [System.IO.Path.Combine(AppContext.BaseDirectory, RuntimeName), System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, RuntimeName), RuntimeName];
        foreach (string candidate in candidates)
        {
            nint handle = DynamicLoader.Open(candidate, isGlobal: true, out _);
            if (handle != 0)
            {
                return;
            }
        }

        throw new NativeException($"{target}: cannot be loaded: {failure}; and no native runtime as {string.Join(" or ", candidates)}");
    }
}
