using Edgewise.Fuzzing;
using Edgewise.Fuzzing.Running;
using Edgewise.Xunit;
using FuzzTargets;
using Xunit.Sdk;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>Stored inputs as test cases, and fuzzing from code, as users of the library have them.</summary>
public sealed class StoredInputTests
{
    /// <summary>The stored inputs are answers of the reader of packets, so that all these cases pass.</summary>
    [Theory]
    [FuzzInputs(typeof(PacketTargets), nameof(PacketTargets.Read), Folder = "Fuzzing/FuzzInputs")]
    public Task A_stored_input_is_a_test_case(FuzzInput input) => input.RunAsync();

    [Fact]
    public async Task A_stored_crash_fails_its_test_case()
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-inputs").FullName;
        string file = Path.Combine(folder, "crash");
        await File.WriteAllBytesAsync(file, "EDGE00000"u8.ToArray(), TestContext.Current.CancellationToken);
        var attribute = new FuzzInputsAttribute(typeof(PacketTargets), nameof(PacketTargets.Read)) { Folder = folder };

        ITheoryDataRow row = Assert.Single(await attribute.GetData(typeof(StoredInputTests).GetMethod(nameof(A_stored_input_is_a_test_case))!, new DisposalTracker()));

        Assert.Equal("Read: crash", row.TestDisplayName);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(((FuzzInput)row.GetData()[0]!).RunAsync);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Fuzzing_from_code_finds_the_first_planted_bug()
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-fuzz-code").FullName;
        FuzzSettings settings = Fuzzer.Settings(typeof(PacketTargets), nameof(PacketTargets.Read));

        FuzzResult result = await Fuzzer.RunAsync(
            settings with { ArtifactPrefix = folder + "/", Campaign = settings.Campaign with { Seed = 3, Runs = 200_000 } }, cancellation: TestContext.Current.CancellationToken);

        Assert.Null(result.Error);
        Assert.Equal(77, result.ExitCode);
        Assert.Contains("PacketTargets", Assert.Single(result.Findings).Signature, StringComparison.Ordinal);
        Assert.True(File.Exists(Assert.Single(result.Artifacts)));
        Directory.Delete(folder, recursive: true);
    }
}
