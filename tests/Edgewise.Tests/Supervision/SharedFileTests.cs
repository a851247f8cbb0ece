using System.Runtime.InteropServices;
using Edgewise.Supervision;
using Edgewise.Supervision.Memory;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Supervision;

public sealed unsafe class SharedFileTests
{
    [Fact]
    public void Memory_that_cannot_be_had_is_an_error_with_the_size_and_the_folders()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Combine(folder.Path, "missing");

        SupervisionException failure = Assert.Throws<SupervisionException>(() => SharedFile.Create("slot", 123_456, [missing]));

        Assert.StartsWith($"no shared memory of 123456 bytes in {missing}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_larger_than_the_file_system_is_an_error_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems make sparse files");
        using var folder = new TemporaryFolder();
        const long Size = 1L << 54;

        SupervisionException failure = Assert.Throws<SupervisionException>(() => SharedFile.Create("slot", Size, [folder.Path]));

        Assert.StartsWith($"no shared memory of {Size} bytes in {folder.Path}: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_second_folder_serves_where_the_first_does_not()
    {
        using var folder = new TemporaryFolder();

        using SharedFile file = SharedFile.Create("slot", 100, [Path.Combine(folder.Path, "missing"), folder.Path]);

        Assert.Equal(folder.Path, Path.GetDirectoryName(file.Path));
        Assert.True(new ReadOnlySpan<byte>(file.Start, 100).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void Disposing_removes_the_file_and_a_second_time_does_nothing()
    {
        SharedFile file = SharedFile.Create("edgewise-test", 4096);
        string path = file.Path;
        bool wasThere = File.Exists(path);

        file.Dispose();
        file.Dispose();

        Assert.Equal((true, false), (wasThere, File.Exists(path)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_missing_or_empty_is_an_error_that_names_it(bool exists)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "slot");
        if (exists)
        {
            File.WriteAllBytes(path, []);
        }

        SupervisionException failure = Assert.Throws<SupervisionException>(() => SharedFile.Open(path));

        Assert.StartsWith($"{path}: shared memory cannot be opened: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_that_are_taken_in_keep_their_address_and_content_and_are_seen_in_the_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are replaced on Linux only");
        using SharedFile file = SharedFile.Create("edgewise-test", 5000);
        int page = Environment.SystemPageSize;
        byte* pages = (byte*)NativeMemory.AlignedAlloc((nuint)(2 * page), (nuint)page);
        new Span<byte>(pages, 2 * page).Clear();
        pages[3] = 7;

        long offset = file.TryTakeIn(pages, 2 * page);
        pages[page + 1] = 9;

        byte[] seen = new byte[2 * page];
        Assert.Equal(seen.Length, file.Read(offset, seen));
        Assert.Equal((7, 9, 7), (seen[3], seen[page + 1], pages[3]));
        Assert.True(offset >= 5000 && offset % page == 0);
    }

    [Fact]
    public void Half_a_page_is_not_taken_in()
    {
        using SharedFile file = SharedFile.Create("edgewise-test", 4096);

        Assert.Equal(-1, file.TryTakeIn(file.Start, 100));
    }
}
