using Edgewise.Fuzzing;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting.Targets;
using Xunit.Sdk;

namespace Edgewise.Xunit;

/// <summary>A test case of a fuzz target: an input that is stored, or the order to fuzz for a while.</summary>
public sealed class FuzzInput : IXunitSerializable
{
    /// <summary>Stands for a file where there is none: an empty input.</summary>
    internal const string Nothing = "";

    private string _type = "";
    private string _method = "";
    private string _folder = "";

    /// <summary>For the test framework.</summary>
    public FuzzInput()
    {
    }

    internal FuzzInput(Type type, string method, string folder, string? path, TimeSpan time)
    {
        _type = type.AssemblyQualifiedName!;
        _method = method;
        _folder = folder;
        Path = path;
        Time = time;
    }

    /// <summary>The file; null where the case is to fuzz.</summary>
    public string? Path { get; private set; }

    /// <summary>How long to fuzz.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Runs the target with the stored input; or fuzzes it, and stores what was found as inputs of the next run.</summary>
    /// <exception cref="Exception">What the target threw, unless it is expected to.</exception>
    /// <exception cref="FuzzFindingException">Fuzzing found something.</exception>
    public async Task RunAsync()
    {
        Type type = Type.GetType(_type, throwOnError: true)!;
        if (Path is not null)
        {
            Replay(type);
            return;
        }

        FuzzSettings settings = Fuzzer.Settings(type, _method);
        Directory.CreateDirectory(_folder);
        FuzzResult result = await Fuzzer.RunAsync(settings with
        {
            Corpus = Directory.EnumerateFileSystemEntries(_folder).Any() ? [System.IO.Path.Combine(System.IO.Path.GetTempPath(), "edgewise-corpus", $"{type.FullName}.{_method}"), _folder] : [],
            MaxTotalTime = Time,
            ArtifactPrefix = _folder + System.IO.Path.DirectorySeparatorChar,
            Campaign = settings.Campaign with { Seed = (ulong)Environment.TickCount64 },
        }).ConfigureAwait(false);
        if (result.Findings.Count > 0 || result.Error is not null)
        {
            throw new FuzzFindingException(result);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Path is null ? $"fuzz for {Time}" : System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public void Serialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue(nameof(_type), _type);
        info.AddValue(nameof(_method), _method);
        info.AddValue(nameof(_folder), _folder);
        info.AddValue(nameof(Path), Path);
        info.AddValue(nameof(Time), Time.Ticks);
    }

    /// <inheritdoc/>
    public void Deserialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        _type = info.GetValue<string>(nameof(_type))!;
        _method = info.GetValue<string>(nameof(_method))!;
        _folder = info.GetValue<string>(nameof(_folder))!;
        Path = info.GetValue<string>(nameof(Path));
        Time = TimeSpan.FromTicks(info.GetValue<long>(nameof(Time)));
    }

    private void Replay(Type type)
    {
        FuzzTarget target = FuzzTargetAssembly.Find(type.Assembly, $"{type.FullName}.{_method}");
        byte[] content = Path is null or Nothing ? [] : File.ReadAllBytes(Path);
        try
        {
            target.Run(content);
        }
        catch (Exception thrown) when (target.Expected.Contains(thrown))
        {
            // The input is rejected, which is an answer.
        }
    }
}
