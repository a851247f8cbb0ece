using Edgewise.Runtime.Options;

namespace Edgewise.Runtime.Dump;

/// <summary>What a dump writes beside its <c>.sancov</c> files, and how it writes paths.</summary>
public sealed record DumpOptions
{
    /// <summary>The formats.</summary>
    public DumpFormats Formats { get; init; }

    /// <summary>Bytes of the largest block of a packed file; zero where that does not matter.</summary>
    public int PackedBlockSize { get; init; }

    /// <summary>What to leave out of the paths in caller–callee and trace files; nothing where it is empty.</summary>
    public string StripPathPrefix { get; init; } = "";

    /// <summary>What <c>EDGEWISE_OPTIONS</c> asks for; what is wrong in there is told by the process that is measured.</summary>
    public static DumpOptions FromEnvironment() =>
        RuntimeOptions.Parse(Environment.GetEnvironmentVariable(RuntimeOptions.Variable), static _ => { }).Dump;
}
