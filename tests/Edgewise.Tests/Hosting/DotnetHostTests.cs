using Edgewise.Supervision;

namespace Edgewise.Tests.Hosting;

public sealed class DotnetHostTests : IDisposable
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_first_of_the_running_host_path_and_root_is_taken()
    {
        string running = _folder.Write("running", ""), path = _folder.Write(Path.Combine("path", FileName), ""), root = _folder.Write(Path.Combine("root", FileName), "");
        string search = string.Join(Path.PathSeparator, _folder.At("nowhere"), _folder.At("path"));

        Assert.Equal(running, Find(("DOTNET_HOST_PATH", running), ("PATH", search), ("DOTNET_ROOT", _folder.At("root"))));
        Assert.Equal(path, Find(("DOTNET_HOST_PATH", _folder.At("gone")), ("PATH", search), ("DOTNET_ROOT", _folder.At("root"))));
        Assert.Equal(root, Find(("PATH", _folder.At("nowhere")), ("DOTNET_ROOT", _folder.At("root"))));
    }

    [Fact]
    public void The_installation_is_where_a_link_to_the_command_leads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        _folder.Write(Path.Combine("installation", "dotnet"), "");
        Directory.CreateDirectory(_folder.At("bin"));
        File.CreateSymbolicLink(_folder.At("bin", "dotnet"), _folder.At("installation", "dotnet"));

        DotnetHost host = DotnetHost.Find(name => name == "PATH" ? _folder.At("bin") : null);

        Assert.Equal((_folder.At("bin", "dotnet"), _folder.At("installation")), (host.Path, host.Root));
    }

    public void Dispose() => _folder.Dispose();

    private static string Find(params (string Name, string Value)[] variables) =>
        DotnetHost.Find(name => Array.Find(variables, v => v.Name == name).Value).Path;
}
