using System.Security.Cryptography;
using Edgewise.Hosting;
using Edgewise.Native;
using Edgewise.Showmap.Files;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>A function of a shared object that clang built.</summary>
internal sealed class NativeReplayTarget : IReplayTarget
{
    private const int Rejection = -1;

    private readonly NativeTarget _target;
    private readonly NativeModule[] _arrays;
    private readonly ReplayModule[] _modules;

    private NativeReplayTarget(NativeTarget target, string name)
    {
        _target = target;
        Name = name;
        // An object may have several arrays of the same points.
        _arrays = [.. target.Coverage.Modules.GroupBy(module => module.Image).Select(group => group.OrderByDescending(module => module.Kind == NativeModuleKind.Counters).First())];
        _modules = [.. _arrays.Select(array => new ReplayModule(PointDomain.Sancov, array.Image.Name, array.Image.Path, HashOf(array.Image), array.PointCount))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReplayModule> Modules => _modules;

    /// <inheritdoc/>
    public bool HasRejected { get; private set; }

    /// <summary>Loads a target.</summary>
    /// <exception cref="HostingException">It cannot be loaded, or was built without coverage.</exception>
    public static NativeReplayTarget Load(ReplaySettings settings)
    {
        string entry = settings.Method ?? NativeTarget.FuzzEntry;
        try
        {
            return new NativeReplayTarget(NativeTarget.Load(settings.TargetPath, entry), entry);
        }
        catch (NativeException failure)
        {
            throw new HostingException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public bool IsExpected(Exception thrown) => false;

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        _target.Reset();
        HasRejected = _target.Run(input) == Rejection;
    }

    /// <inheritdoc/>
    public void Collect(CountSums sums)
    {
        for (int i = 0; i < _arrays.Length; i++)
        {
            sums.Add(i, _target.Coverage.Counters(_arrays[i]));
        }
    }

    /// <inheritdoc/>
    public ulong PcOf(int module, int slot) => _target.Coverage.Pc(_arrays[module], slot);

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    private static string HashOf(NativeObject image) => image.BuildId.Length > 0 ? image.BuildId : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(image.Path)));
}
