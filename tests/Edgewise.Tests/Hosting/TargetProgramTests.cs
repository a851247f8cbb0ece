using Edgewise.Hosting;
using Edgewise.Hosting.Programs;

namespace Edgewise.Tests.Hosting;

public sealed class TargetProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_program_as_its_build_left_it_opens()
    {
        string path = ProgramCopy.Of(_folder);

        TargetProgram program = TargetProgram.Open(path);

        Assert.Equal(("edgewise", _folder.Path), (program.Name, program.Folder));
        Assert.Contains(program.Configuration.Frameworks, f => f.Name == "Microsoft.NETCore.App");
        Assert.Contains(program.Dependencies.Libraries, l => l is { Name: "Edgewise.Hosting", Type: "project" });
        Assert.Contains(program.Dependencies.Libraries, l => l is { Name: "System.CommandLine", Type: "package" });
    }

    [Fact]
    public void A_symbolic_link_to_a_program_stands_for_the_program()
    {
        string path = ProgramCopy.Of(_folder);
        using var other = new TemporaryFolder();
        File.CreateSymbolicLink(other.At("link.dll"), path);

        Assert.Equal(path, TargetProgram.Open(other.At("link.dll")).Path);
    }

    [Fact]
    public void A_missing_runtimeconfig_is_named()
    {
        string path = ProgramCopy.Of(_folder);
        File.Delete(_folder.At("edgewise.runtimeconfig.json"));

        Assert.Contains("edgewise.runtimeconfig.json: is missing", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_framework_is_named_with_the_versions_that_are_there()
    {
        string path = ProgramCopy.Of(_folder);
        _folder.Write("edgewise.runtimeconfig.json", """{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"99.1.0"}}}""");

        string refusal = Refusal(path);

        Assert.Contains("needs Microsoft.NETCore.App 99.1.0", refusal, StringComparison.Ordinal);
        Assert.Contains($"{Environment.Version}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_reference_is_named()
    {
        string path = ProgramCopy.Of(_folder);
        File.Delete(_folder.At("System.CommandLine.dll"));

        Assert.Contains("references System.CommandLine, and there is no System.CommandLine.dll", Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"runtimeOptions":{"includedFrameworks":[{"name":"Microsoft.NETCore.App","version":"10.0.0"}]}}""", "self-contained")]
    [InlineData("""{"runtimeOptions":{"configProperties":{"System.StartupHookProvider.IsSupported":false}}}""", "StartupHookSupport=true")]
    [InlineData("""{"runtimeOptions":[]}""", "is not a runtimeconfig.json")]
    [InlineData("""{}""", "is not a runtimeconfig.json")]
    [InlineData("""{"runtimeOptions":""", "is not a runtimeconfig.json")]
    public void A_configuration_that_does_not_run_says_why(string configuration, string reason)
    {
        string path = ProgramCopy.Of(_folder);
        _folder.Write("edgewise.runtimeconfig.json", configuration);

        Assert.Contains(reason, Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_is_no_program()
    {
        ProgramCopy.Of(_folder);

        Assert.Contains("has no entry point", Refusal(_folder.At("Edgewise.Hosting.dll")), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_a_byte_order_mark_are_read_as_the_host_does()
    {
        string path = ProgramCopy.Of(_folder);
        _folder.Write("edgewise.runtimeconfig.json", "\uFEFF{ /* here */ \"runtimeOptions\": { \"framework\": { \"name\": \"Microsoft.NETCore.App\", \"version\": \"8.0.0\", \"rollForward\": \"Major\" }, }, }");

        Assert.Equal(new FrameworkReference("Microsoft.NETCore.App", "8.0.0", "Major"), Assert.Single(TargetProgram.Open(path).Configuration.Frameworks));
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(string path) => Assert.Throws<HostingException>(() => TargetProgram.Open(path)).Message;
}
