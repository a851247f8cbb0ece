using System.Reflection;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Fuzzing.Observers;
using Edgewise.Hosting;
using Edgewise.Hosting.Callbacks;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Execution;

/// <summary>The two images of a target's assemblies, each in a load context of its own.</summary>
public sealed class TargetImages
{
    // Targets speak to these, so that they must be the ones of this program.
    private static readonly HashSet<string> Shared = [.. FuzzTargetAssembly.Shared, "Edgewise.Fuzzing"];

    private TargetImages(InstrumentedContext context, Assembly assembly)
    {
        Context = context;
        Assembly = assembly;
    }

    /// <summary>The load context.</summary>
    public InstrumentedContext Context { get; }

    /// <summary>The target's assembly in it.</summary>
    public Assembly Assembly { get; }

    /// <summary>Loads the image that runs most of the time: it only counts edges.</summary>
    /// <param name="path">The target's assembly.</param>
    /// <param name="counted">Which assemblies count.</param>
    /// <param name="campaign">What beside points is a feature.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <exception cref="HostingException">The assembly is missing, or cannot be loaded or instrumented.</exception>
    public static TargetImages LoadCounting(string path, AssemblyGlobs counted, CampaignOptions campaign, ImageCache? cache)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        CoverageFeatures extra = (campaign.UsesValueProfile ? Compares : CoverageFeatures.None)
            | (campaign.UsesCallPairs ? CoverageFeatures.IndirectCalls : CoverageFeatures.None)
            | (campaign.UsesStackDepth ? CoverageFeatures.StackDepth : CoverageFeatures.None);
        return Load(path, counted, extra == CoverageFeatures.None ? Counting : Calling(typeof(ExtraCallbacks), extra), cache);
    }

    /// <summary>Loads the image that also tells what it compares.</summary>
    /// <param name="path">The target's assembly.</param>
    /// <param name="counted">Which assemblies count.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <exception cref="HostingException">The assembly is missing, or cannot be loaded or instrumented.</exception>
    public static TargetImages LoadComparing(string path, AssemblyGlobs counted, ImageCache? cache) => Load(path, counted, Calling(typeof(CompareLog), Compares | CoverageFeatures.IndirectCalls), cache);

    /// <summary>Loads the image whose stack traces have all frames, the same ones however often something ran: slow, for what is to be told of a finding.</summary>
    /// <param name="path">The target's assembly.</param>
    /// <param name="counted">Which assemblies count.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <exception cref="HostingException">The assembly is missing, or cannot be loaded or instrumented.</exception>
    public static TargetImages LoadWithFrames(string path, AssemblyGlobs counted, ImageCache? cache) => Load(path, counted, Counting with { KeepFrames = true }, cache);

    /// <summary>Finds a target in the image and runs its class constructors.</summary>
    /// <param name="method">Name of the target; null for the only one.</param>
    /// <exception cref="HostingException">There is no such target, or it cannot be one.</exception>
    internal FuzzTarget Bind(string? method)
    {
        FuzzTarget target = FuzzTargetAssembly.Find(Assembly, method);
        target.Initialize();
        return target;
    }

    /// <summary>What an image is instrumented with that only counts edges.</summary>
    internal static InstrumentationOptions Counting { get; } = new()
    {
        Features = CoverageFeatures.Inline8BitCounters,
        Pruning = Pruning.Llvm,
        PruneEntry = true,
        KeepInlined = true,
    };

    private const CoverageFeatures Compares = CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv;

    /// <summary>What an image is instrumented with that counts edges and calls a class of callbacks.</summary>
    internal static InstrumentationOptions Calling(Type callbacks, CoverageFeatures features) => Counting with
    {
        Features = Counting.Features | features,
        Callbacks = CallbackClassFile.Read($"{callbacks.Assembly.Location}!{callbacks.FullName}", []),
    };

    /// <summary>Loads an image of any kind.</summary>
    /// <param name="path">The target's assembly.</param>
    /// <param name="counted">Which assemblies are instrumented.</param>
    /// <param name="options">What with.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <param name="reserved">Counters before the first of the target's that stay unused.</param>
    /// <exception cref="HostingException">The assembly is missing, or cannot be loaded or instrumented.</exception>
    internal static TargetImages Load(string path, AssemblyGlobs counted, InstrumentationOptions options, ImageCache? cache, int reserved = 0)
    {
        var context = new InstrumentedContext(path, Shared, name => counted.Matches(name) ? options : null, cache);
        if (reserved > 0)
        {
            Coverage.Reserve(context, reserved);
        }

        return new TargetImages(context, context.LoadAll());
    }
}
