using Edgewise.Annotations;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Observers;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation.Selection;
using Edgewise.Native;

namespace Edgewise.Fuzzing.Running;

/// <summary>A target with its images, ready to be run: a method of an assembly, or a function of a shared object.</summary>
internal sealed class LoadedTarget
{
    private readonly FuzzTarget? _target;
    private readonly FuzzTarget? _second;
    private FuzzTarget? _third;
    private Func<(FuzzTarget Target, TargetImage Image)>? _loadFramed;

    private LoadedTarget(FuzzTarget? target, FuzzTarget? second, TargetImage counting, TargetImage? comparing)
    {
        _target = target;
        _second = second;
        Counting = counting;
        Comparing = comparing;
    }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its method, or where its function stands.</summary>
    public required string Signature { get; init; }

    /// <summary>The instrumented modules: names, and what tells their builds.</summary>
    public required IReadOnlyDictionary<string, string> Modules { get; init; }

    public TargetImage Counting { get; }

    /// <summary>What the counting image is loaded in; null for a shared object.</summary>
    public InstrumentedContext? Context { get; private init; }

    public TargetImage? Comparing { get; }

    /// <summary>The image whose stack traces have all frames, loaded when it is first asked for; null for a shared object.</summary>
    /// <exception cref="HostingException">It cannot be loaded once more.</exception>
    public TargetImage? Framed
    {
        get
        {
            if (field is null && _loadFramed is { } load)
            {
                (_third, field) = load();
            }

            return field;
        }
    }

    /// <summary>Names of further exception types that are answers.</summary>
    public HashSet<string> Expected { get; private init; } = [];

    /// <summary>Mutators that it brings along.</summary>
    public CustomMutations Custom { get; private init; } = new();

    /// <summary>How a test calls it; null for a shared object.</summary>
    public TestCall? Call => _target is null ? null : TestCall.Of(_target);

    /// <summary>The longest input that makes sense; null where it does not say.</summary>
    public int? MaxLength => _target?.MaxLength;

    /// <summary>A dictionary; null for none.</summary>
    public string? Dictionary => _target?.Dictionary;

    /// <summary>A folder of first inputs; null for none.</summary>
    public string? Seeds => _target?.Seeds;

    /// <summary>True for a path that names a shared object.</summary>
    public static bool IsNative(string path) => NativeTarget.IsNamedBy(path);

    /// <summary>Loads a target and runs its class constructors.</summary>
    /// <exception cref="HostingException">There is no such target, it cannot be one, or it cannot be loaded.</exception>
    public static LoadedTarget Load(FuzzSettings settings, ImageCache? cache) => IsNative(settings.TargetPath) ? LoadNative(settings) : LoadManaged(settings, cache);

    /// <summary>What a worker tells of it.</summary>
    /// <param name="maxLength">The longest input.</param>
    /// <param name="isRestart">True where the worker goes on with what another process began.</param>
    public LoadedMessage Message(int maxLength, bool isRestart) =>
        new(Name, Signature, [.. Modules.Keys.Order(StringComparer.Ordinal)], Counting.PointCount, maxLength, isRestart) { Call = Call };

    /// <summary>What to observe beside points.</summary>
    public static List<IExtraObserver> Observers(CampaignOptions options)
    {
        List<IExtraObserver> observers = [];
        if (options.UsesValueProfile)
        {
            observers.Add(BitObserver.ValueProfiles());
        }

        if (options.UsesCallPairs)
        {
            observers.Add(BitObserver.CallPairs());
        }

        if (options.UsesStackDepth)
        {
            observers.Add(new StackDepthObserver());
        }

        return observers;
    }

    /// <summary>Features beside points: those of observers, and the calls that the comparing image sees.</summary>
    public static int ExtraFeatures(CampaignOptions options, IEnumerable<IExtraObserver> observers) =>
        observers.Sum(observer => observer.Size) + (options.UsesCompares ? CalledPairs.Features : 0);

    /// <summary>Whether an exception is an answer of the target. Each image has exception types of its own.</summary>
    public bool IsExpected(Exception thrown) => _target?.Expected.Contains(thrown) == true || _second?.Expected.Contains(thrown) == true || _third?.Expected.Contains(thrown) == true || ExpectedExceptions.AreNamed(Expected, thrown);

    private static LoadedTarget LoadManaged(FuzzSettings settings, ImageCache? cache)
    {
        var counted = AssemblyGlobs.Parse(settings.Assemblies);
        TargetImages counting = TargetImages.LoadCounting(settings.TargetPath, counted, settings.Campaign, cache);
        FuzzTarget target = counting.Bind(settings.Method);
        TargetImages? comparing = settings.Campaign.UsesCompares ? TargetImages.LoadComparing(settings.TargetPath, counted, cache) : null;
        FuzzTarget? second = comparing?.Bind(settings.Method);
        var loaded = new LoadedTarget(
            target, second, new TargetImage(target.Run, counting.Context.Counters), second is null ? null : new TargetImage(second.Run, comparing!.Context.Counters))
        {
            Name = target.Name,
            Signature = target.Signature,
            Modules = counting.Context.Modules.ToDictionary(module => module.Key, module => Convert.ToHexStringLower(module.Value.Points.OriginalHash)),
            Context = counting.Context,
            Custom = CustomMethods.Of(target.Method.DeclaringType!) with { Parts = target.Parts },
            Expected = [.. settings.Expected],
        };
        loaded._loadFramed = () =>
        {
            TargetImages framed = TargetImages.LoadWithFrames(settings.TargetPath, counted, cache);
            FuzzTarget third = framed.Bind(settings.Method);
            return (third, new TargetImage(third.Run, framed.Context.Counters));
        };
        return loaded.Counting.PointCount > 0 ? loaded : throw FuzzTargetAssembly.NoEdges(settings.TargetPath, settings.Assemblies);
    }

    private static LoadedTarget LoadNative(FuzzSettings settings)
    {
        try
        {
            var target = NativeTarget.Load(settings.TargetPath, settings.Method ?? NativeTarget.FuzzEntry);
            var image = new NativeImage(target);
            string name = Path.GetFileName(settings.TargetPath);
            return new LoadedTarget(null, null, image.Counting(), settings.Campaign.UsesCompares ? image.Comparing() : null)
            {
                Name = settings.Method ?? NativeTarget.FuzzEntry,
                Signature = settings.TargetPath,
                Modules = new Dictionary<string, string> { [name] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(settings.TargetPath))) },
            };
        }
        catch (NativeException failure)
        {
            throw new HostingException(failure.Message, failure);
        }
    }
}
