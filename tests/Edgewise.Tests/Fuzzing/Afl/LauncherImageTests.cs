using System.Diagnostics;
using System.Text;
using Edgewise.Fuzzing.Afl;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Fuzzing.Afl;

public sealed class LauncherImageTests
{
    [Fact]
    public void It_is_an_ELF_file_with_the_words_that_AFLplusplus_looks_for()
    {
        byte[] image = LauncherImage.Make(["/bin/true"], []);

        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F'], image[..4]);
        string text = Encoding.Latin1.GetString(image);
        Assert.All(LauncherImage.Markers, marker => Assert.Contains(marker + "\0", text, StringComparison.Ordinal));
    }

    [Fact]
    public void It_starts_a_program_with_arguments_and_variables_before_its_own()
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");
        using var folder = new TemporaryFolder();
        string launcher = Write(folder, ["/bin/sh", "-c", "echo \"$0 $# $1|$2\"; env", "named ü"], ["FIRST=one", "SECOND="]);

        (string output, int code) = Run(launcher, ["a b", ""], ("KEPT", "yes"));

        Assert.Equal(0, code);
        string[] lines = output.Split('\n');
        Assert.Equal("named ü 2 a b|", lines[0]);
        Assert.Contains("FIRST=one", lines);
        Assert.Contains("SECOND=", lines);
        Assert.Contains("KEPT=yes", lines);
    }

    [Fact]
    public void It_exits_with_127_where_the_program_is_gone()
    {
        Assert.SkipUnless(AflLauncher.IsAvailable, "needs Linux on x86-64");
        using var folder = new TemporaryFolder();

        (_, int code) = Run(Write(folder, ["/nowhere/program"], []), []);

        Assert.Equal(127, code);
    }

    private static string Write(TemporaryFolder folder, string[] arguments, string[] variables)
    {
        string path = Path.Combine(folder.Path, "launcher");
        File.WriteAllBytes(path, LauncherImage.Make(arguments, variables));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static (string Output, int Code) Run(string program, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, process.ExitCode);
    }
}
