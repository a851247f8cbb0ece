using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Options;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime;

/// <summary>
/// Makes this process a host of instrumented code. The first Runtime in a process owns the coverage map and publishes itself in
/// <see cref="AppContext"/>; a further copy of it, in another load context, works through the first.
/// </summary>
public static class Host
{
    private static Func<RuntimeTypeHandle, long, int, int, nint>? _registration;
    private static CoverageMap? _map;
    private static Recording? _recording;
    private static ExitDump? _dump;

    /// <summary>
    /// Installs the host; later calls do nothing. From then on each instrumented assembly gets its part of the map as it loads, before any of
    /// its code is compiled. Honours <c>EDGEWISE_MAP_FILE</c> and <c>EDGEWISE_OPTIONS</c>. Never throws: what fails is told on standard error,
    /// and instrumented code then counts in memory of its own.
    /// </summary>
    public static void Install()
    {
        try
        {
            if (_registration is null && Connect())
            {
                foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
                {
                    Attach(assembly);
                }
            }
        }
        catch (Exception failure)
        {
            // Whatever it was: the program runs as it would without us.
            Notice.Write($"not installed: {failure.Message}");
        }
    }

    /// <summary>True if this copy of the Runtime owns the coverage map.</summary>
    internal static bool OwnsMap => _map is not null;

    /// <summary>Asks the owner of the map; zero where there is none.</summary>
    internal static nint Ask(MapRequest request, long value = 0, int index = 0)
    {
        Func<RuntimeTypeHandle, long, int, int, nint>? registration = _registration ?? Published();
        return registration is null ? 0 : registration(default, value, (int)request, index);
    }

    private static Func<RuntimeTypeHandle, long, int, int, nint>? Published() =>
        AppContext.GetData(Registration.Key) as Func<RuntimeTypeHandle, long, int, int, nint>;

    /// <summary>Finds the owner of the map or becomes it; true in the second case.</summary>
    private static bool Connect()
    {
        // The one object that all copies of the Runtime see; without a lock on it two of them could both become owner.
        lock (AppDomain.CurrentDomain)
        {
            _registration = Published();
            return _registration is null && Own();
        }
    }

    private static bool Own()
    {
        RuntimeOptions options = RuntimeOptions.Parse(Environment.GetEnvironmentVariable(RuntimeOptions.Variable), Notice.Write);
        string? mapFile = Environment.GetEnvironmentVariable(MapSource.Variable);
        _map = MapSource.Make(mapFile, options, Notice.Write);
        if (_map is null)
        {
            return false;
        }

        _map.SetGates(options.ShouldTrack);
        _recording = new Recording(_map, options);
        _dump = new ExitDump(_map, options, _recording);
        _registration = Answer;
        AppContext.SetData(Registration.Key, _registration);
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => Attach(loaded.LoadedAssembly);
        if (options.Coverage || _map.IsParents)
        {
            _dump.Start();
        }

        return true;
    }

    /// <summary>Runs the holder's class constructor, so that the addresses it holds are constants in all code compiled later.</summary>
    private static void Attach(Assembly assembly)
    {
        try
        {
            if (!assembly.IsDynamic && assembly.GetType(Registration.HolderName, throwOnError: false) is { } holder)
            {
                RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
            }
        }
        catch (Exception failure)
        {
            // An assembly that is damaged beyond this shows it to whoever uses it, not in an event of its loading.
            Notice.Write($"{assembly.GetName().Name}: not attached: {failure.Message}");
        }
    }

    private static nint Answer(RuntimeTypeHandle holder, long identity, int kind, int count)
    {
        try
        {
            return _map is null ? 0
                : Enum.IsDefined((RegistrationKind)kind) ? _map.Register(Type.GetTypeFromHandle(holder), identity, (RegistrationKind)kind, count)
                : (MapRequest)kind switch
                {
                    MapRequest.Dump => _dump!.Write(RunEnd.Unknown) ? 1 : 0,
                    MapRequest.TraceCursor => _recording!.ContinueTrace((nint)identity),
                    MapRequest.CallPairs => _recording!.CallPairs(),
                    MapRequest request => _map.Answer(request, identity, count),
                };
        }
        catch (Exception failure)
        {
            // A class constructor of the program's is our caller; it falls back to memory of its own.
            Notice.Write($"no memory in the coverage map: {failure.Message}");
            return kind is (int)RegistrationKind.FirstPoint or (int)RegistrationKind.FirstSite ? CoverageMap.Nowhere : 0;
        }
    }
}
