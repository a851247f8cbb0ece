using System.Globalization;
using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>What a tool of AFL++ tells its target by environment variables and descriptors.</summary>
/// <param name="MapSegment">Segment of the coverage map; null where no tool listens.</param>
/// <param name="InputSegment">Segment of the test case; null where it comes as a file.</param>
/// <param name="CompareSegment">Segment of the CmpLog map; null where compares are not asked for.</param>
/// <param name="WantsDictionary">False where the tool refuses dictionaries.</param>
/// <param name="NeedsNewHandshake">True for a tool that takes the handshake of AFL++ 4.20c and later only.</param>
internal sealed record AflEnvironment(int? MapSegment, int? InputSegment, int? CompareSegment, bool WantsDictionary, bool NeedsNewHandshake)
{
    /// <summary>Where the tool's orders are read.</summary>
    public const int ControlDescriptor = 198;

    /// <summary>Where the tool is answered.</summary>
    public const int StatusDescriptor = 199;

    private const string Map = "__AFL_SHM_ID";
    private const string Input = "__AFL_SHM_FUZZ_ID";
    private const string Compares = "__AFL_CMPLOG_SHM_ID";
    private const string NoDictionary = "AFL_NO_AUTODICT";
    private const string ChildSynchronization = "AFL_CHILD_SYNC_SHM";

    /// <summary>True where a tool waits for a fork server, rather than for one run.</summary>
    public bool HasForkServer => MapSegment is not null && OperatingSystem.IsLinux() && Descriptor.IsOpen(ControlDescriptor) && Descriptor.IsOpen(StatusDescriptor);

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A segment that is named is not there.</exception>
    [SupportedOSPlatform("linux")]
    public static AflEnvironment Read()
    {
        int? compares = Number(Compares);
        return new AflEnvironment(
            Number(Map), Number(Input), compares, Environment.GetEnvironmentVariable(NoDictionary) is null,
            Environment.GetEnvironmentVariable(ChildSynchronization) is not null || (compares is { } segment && CmpLogMap.IsRecent(SharedSegment.SizeOf(segment))));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
