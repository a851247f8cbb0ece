using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Runtime;

public sealed class SancovFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("edgewise-sancov-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_bytes_are_those_that_the_sanitizer_runtime_writes()
    {
        byte[] content = SancovFile.Encode([0xdef09, 0xdeeda]);

        Assert.Equal("64FFFFFFFFFFBFC0DAEE0D000000000009EF0D0000000000", Convert.ToHexString(content));
    }

    [Fact]
    public void A_shorter_dump_over_a_longer_one_leaves_no_tail_and_no_other_file()
    {
        string path = Path.Combine(_directory, "a.dll.1.sancov");
        SancovFile.Write(path, [1, 2, 3, 4]);

        SancovFile.Write(path, [9, 7]);

        Assert.Equal([7UL, 9UL], SancovFile.Read(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void Files_of_32_bit_pcs_are_read_in_their_order()
    {
        byte[] content = [.. BitConverter.GetBytes(SancovFile.Magic32), 9, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];

        Assert.Equal([9UL, 0xFFFFFFFFUL], SancovFile.Decode(content, "x"));
    }

    [Theory]
    [InlineData("", "a.sancov: .sancov: 0 bytes; the magic alone takes 8")]
    [InlineData("7F454C4602010100", "a.sancov: .sancov: magic 00010102464c457f; c0bfffffffffff64 or c0bfffffffffff32 expected")]
    [InlineData("64FFFFFFFFFFBFC0DAEE0D00", "a.sancov: .sancov, offset 8: 4 bytes of a PC of 8; the file is cut off")]
    public void Bad_content_is_told_with_file_and_place(string hex, string message)
    {
        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => SancovFile.Decode(Convert.FromHexString(hex), "a.sancov"));

        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void Mutated_files_fail_by_name_or_hold_the_PCs_that_their_bytes_are()
    {
        byte[] original = SancovFile.Encode([.. Enumerable.Range(1, 40).Select(static number => (ulong)number * 0x123)]);
        Random random = new(64);
        int failures = 0;
        for (int round = 0; round < 4000; round++)
        {
            byte[] content = random.Next(3) == 0 ? original[..random.Next(original.Length)] : [.. original];
            for (int change = random.Next(1, 4); change > 0 && content.Length > 0; change--)
            {
                content[random.Next(3) == 0 ? random.Next(Math.Min(8, content.Length)) : random.Next(content.Length)] = (byte)random.Next(256);
            }

            try
            {
                ulong[] pcs = SancovFile.Decode(content, "some.sancov");
                Assert.Equal(content.Length - 8, pcs.Length * (content[0] == 0x64 ? 8 : 4));
            }
            catch (CoverageFormatException failure)
            {
                failures++;
                Assert.StartsWith("some.sancov: .sancov", failure.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(failures, 400, 3600);
    }

    [Theory]
    [InlineData("Markdig.dll", "Markdig.dll.12.sancov")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd.12.sancov")]
    [InlineData("..", "_.12.sancov")]
    [InlineData("a\u001b[31m\0.dll", "a_[31m_.dll.12.sancov")]
    [InlineData("C:\\x|y", "C__x_y.12.sancov")]
    public void A_modules_name_never_leads_out_of_the_folder(string moduleName, string expected) =>
        Assert.Equal(expected, FileNames.Sancov(moduleName, 12));
}
