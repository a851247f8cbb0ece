using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;
using Edgewise.Fuzzing.Execution;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Afl;

/// <summary>A target whose counters are AFL++'s coverage map.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class AflTarget
{
    /// <summary>The first bytes of AFL++'s map, which no edge may have: a tool reads messages there.</summary>
    public const int ReservedCounters = 4;

    private readonly TargetImages _images;
    private readonly FuzzTarget _target;

    private AflTarget(TargetImages images, FuzzTarget target)
    {
        _images = images;
        _target = target;
    }

    /// <summary>The target.</summary>
    public FuzzTarget Target => _target;

    /// <summary>The images of its assemblies.</summary>
    public TargetImages Images => _images;

    /// <summary>Bytes of the coverage map.</summary>
    public int MapSize => _images.Context.Counters().Length;

    /// <summary>Its edges.</summary>
    public int PointCount => Math.Max(0, MapSize - ReservedCounters);

    // A counter that goes round to zero would hide its edge from the tool.
    private static InstrumentationOptions Options(bool logsCompares)
    {
        InstrumentationOptions options = logsCompares ? TargetImages.Calling(typeof(CmpLogCallbacks), CoverageFeatures.TraceCmp) : TargetImages.Counting;
        return options with { Features = options.Features | CoverageFeatures.NeverZero };
    }

    /// <summary>Loads a target and runs its class constructors.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <param name="logsCompares">True for the image that tells CmpLog what it compares.</param>
    /// <exception cref="HostingException">There is no such target, it cannot be one, it cannot be loaded, or it has no edges.</exception>
    public static AflTarget Load(AflSettings settings, ImageCache? cache, bool logsCompares)
    {
        var images = TargetImages.Load(settings.TargetPath, AssemblyGlobs.Parse(settings.Assemblies), Options(logsCompares), cache, ReservedCounters);
        var loaded = new AflTarget(images, images.Bind(settings.Method));
        return loaded.PointCount > 0 ? loaded : throw FuzzTargetAssembly.NoEdges(settings.TargetPath, settings.Assemblies);
    }

    /// <summary>Puts a tool's coverage map in place of the counters: from now on the target counts there, whatever end it takes.</summary>
    /// <returns>The map.</returns>
    /// <exception cref="IOException">The segment cannot be mapped there, or is too small.</exception>
    public byte* CountIn(int segment)
    {
        long size = SharedSegment.SizeOf(segment);
        Span<byte> pages = _images.Context.CounterPages();
        if (size < MapSize || pages.IsEmpty)
        {
            throw new IOException($"shared memory segment {segment} has {size} bytes; the target's counters need {MapSize}, on pages of their own");
        }

        fixed (byte* start = pages)
        {
            // The coverage map is no managed memory: it stays where it is.
            return (byte*)SharedSegment.Attach(segment, (nint)start);
        }
    }

    /// <summary>Runs an input.</summary>
    /// <param name="input">It.</param>
    /// <param name="crash">What the target threw, if that was no answer.</param>
    /// <returns>An end as <c>waitpid</c> tells it: 0, or that of a process that gave up.</returns>
    public int Run(ReadOnlySpan<byte> input, out Exception? crash)
    {
        crash = null;
        try
        {
            _target.Run(input);
            return 0;
        }
#pragma warning disable CA1031 // What a target throws is what it is run for.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            if (_target.Expected.Contains(thrown))
            {
                return 0;
            }

            crash = thrown;
            return ChildProcess.AbortSignal;
        }
    }
}
