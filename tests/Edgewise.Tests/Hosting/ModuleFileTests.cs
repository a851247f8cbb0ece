using System.Security.Cryptography;
using Edgewise.Hosting;
using Edgewise.Hosting.Programs;

namespace Edgewise.Tests.Hosting;

public sealed class ModuleFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_assembly_is_read()
    {
        string path = typeof(ModuleFile).Assembly.Location;

        Assert.Equal(File.ReadAllBytes(path), ModuleFile.Read(path));
        Assert.True(ModuleFile.IsManaged(path));
    }

    [Fact]
    public void The_launcher_of_a_program_names_the_dll_to_pass()
    {
        string launcher = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Edgewise.Tests.exe" : "Edgewise.Tests");

        Assert.Contains("is the native launcher of a .NET program; pass", Refusal(launcher), StringComparison.Ordinal);
        Assert.EndsWith("Edgewise.Tests.dll", Refusal(launcher), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_file_program_says_how_to_build_it()
    {
        byte[] launcher = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Edgewise.Tests.exe" : "Edgewise.Tests"));
        int marker = launcher.AsSpan().IndexOf(SHA256.HashData(".net core bundle\n"u8));
        BitConverter.TryWriteBytes(launcher.AsSpan(marker - 8), (long)launcher.Length);
        File.WriteAllBytes(_folder.At("App"), launcher);

        Assert.Contains("build it without PublishSingleFile and pass App.dll", Refusal(_folder.At("App")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_NativeAOT_program_says_how_to_build_it()
    {
        File.WriteAllBytes(_folder.At("App"), [.. "\u007fELF"u8, .. new byte[100], .. "DotNetRuntimeDebugHeader\0"u8]);

        Assert.Contains("build it without PublishAot and pass App.dll", Refusal(_folder.At("App")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_other_kinds_are_told_apart()
    {
        string native = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, OperatingSystem.IsWindows() ? "coreclr.dll" : OperatingSystem.IsMacOS() ? "libcoreclr.dylib" : "libcoreclr.so");
        byte[] pe = [.. "MZ"u8, .. new byte[62]];

        Assert.Contains("is a native", Refusal(native), StringComparison.Ordinal);
        Assert.Contains("does not begin with 'MZ'", Refusal(_folder.Write("text.dll", "not a program")), StringComparison.Ordinal);
        Assert.Contains("the file is empty", Refusal(_folder.Write("empty.dll", "")), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Refusal(_folder.At("missing.dll")), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refusal(_folder.Path), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.At("stub.dll"), pe);
        Assert.Contains("damaged or truncated", Refusal(_folder.At("stub.dll")), StringComparison.Ordinal);
        Assert.False(ModuleFile.IsManaged(native));
    }

    [Fact]
    public void An_assembly_cut_off_anywhere_is_an_error_that_names_it()
    {
        byte[] whole = File.ReadAllBytes(typeof(ModuleFile).Assembly.Location);
        string path = _folder.At("cut.dll");
        for (int length = 1; length < whole.Length / 2; length += 331)
        {
            File.WriteAllBytes(path, whole[..length]);

            HostingException? refusal = Record.Exception(() => ModuleFile.Read(path)) as HostingException;

            // Where only bodies or sections behind the metadata are missing, the instrumenter tells.
            Assert.True(refusal is null || refusal.Message.StartsWith(path, StringComparison.Ordinal));
            Assert.True(refusal is not null || length > 1024, $"{length} bytes were taken for an assembly");
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(string path) => Assert.Throws<HostingException>(() => ModuleFile.Read(path)).Message;
}
