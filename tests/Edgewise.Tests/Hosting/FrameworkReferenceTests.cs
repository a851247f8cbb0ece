using Edgewise.Hosting.Programs;

namespace Edgewise.Tests.Hosting;

public sealed class FrameworkReferenceTests
{
    [Theory]
    [InlineData("8.0.0", null, "8.0.31")]
    [InlineData("8.0.31", null, "8.0.31")]
    [InlineData("8.0.32", null, "8.2.1")]
    [InlineData("8.1.0", null, "8.2.1")]
    [InlineData("8.3.0", null, null)]
    [InlineData("8.0.0", "LatestMinor", "8.2.1")]
    [InlineData("8.0.0", "LatestMajor", "10.0.12")]
    [InlineData("8.0.32", "LatestPatch", null)]
    [InlineData("9.0.0", null, null)]
    [InlineData("9.0.0", "Major", "10.0.12")]
    [InlineData("10.0.12", "Disable", "10.0.12")]
    [InlineData("10.0.11", "Disable", null)]
    [InlineData("10.0.0-rc.1.25451.107", null, "10.0.12")]
    public void The_version_is_chosen_by_the_rules_of_the_host(string asked, string? rollForward, string? chosen)
    {
        using var root = new TemporaryFolder();
        foreach (string version in (string[])["8.0.20", "8.0.31", "8.2.1", "10.0.12"])
        {
            Directory.CreateDirectory(root.At("shared", "Microsoft.NETCore.App", version));
        }

        string? folder = new FrameworkReference("Microsoft.NETCore.App", asked, rollForward).FindFolder(root.Path);

        Assert.Equal(chosen, Path.GetFileName(folder));
    }

    [Fact]
    public void A_framework_that_is_not_installed_at_all_is_not_found()
    {
        using var root = new TemporaryFolder();

        Assert.Null(new FrameworkReference("Microsoft.WindowsDesktop.App", "8.0.0", null).FindFolder(root.Path));
    }
}
