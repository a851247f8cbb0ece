using System.IO.Compression;
using Edgewise.Kernel;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Machine;
using Edgewise.Symbols;
using Edgewise.Symbols.Elf;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Kernel;

public sealed class KernelMachineTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    private KernelFiles Files => new(_root.Path);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Not_root() => Assert.EndsWith("only root may open it; run this as root (sudo)", KcovDiagnosis.Of(Files, ErrorNumber.Access, isRoot: false), StringComparison.Ordinal);

    [Fact]
    public void Locked_down()
    {
        Put("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");

        string message = KcovDiagnosis.Of(Files, ErrorNumber.Permission, isRoot: true);

        Assert.Contains("the kernel is locked down (none [integrity] confidentiality)", message, StringComparison.Ordinal);
        Assert.Contains("boot without lockdown=", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kcov_off()
    {
        Put("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
        Put("boot/config-6.1.0-18-amd64", "CONFIG_DEBUG_FS=y\n# CONFIG_KCOV is not set\n");

        Assert.Contains("was built without kcov", KcovDiagnosis.Of(Files, ErrorNumber.NoEntry, isRoot: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Kcov_off_in_the_configuration_that_the_kernel_carries()
    {
        Directory.CreateDirectory(_root.File("proc"));
        using (GZipStream packed = new(File.Create(_root.File("proc/config.gz")), CompressionLevel.Fastest))
        {
            packed.Write("CONFIG_KCOV_NOT=y\n"u8);
        }

        Assert.Contains("proc/config.gz has no CONFIG_KCOV=y", KcovDiagnosis.Of(Files, ErrorNumber.NoEntry, isRoot: true), StringComparison.Ordinal);
    }

    [Fact]
    public void No_debugfs_at_all()
    {
        Put("proc/filesystems", "nodev\tproc\nnodev\ttmpfs\n");

        Assert.Contains("has no debugfs (CONFIG_DEBUG_FS)", KcovDiagnosis.Of(Files, ErrorNumber.NoEntry, isRoot: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Debugfs_not_mounted()
    {
        Put("proc/filesystems", "nodev\tproc\nnodev\tdebugfs\n");
        Put("proc/self/mounts", "proc /proc proc rw 0 0\n");

        Assert.Contains("debugfs is not mounted; as root: mount -t debugfs none ", KcovDiagnosis.Of(Files, ErrorNumber.NoEntry, isRoot: true), StringComparison.Ordinal);
    }

    [Fact]
    public void No_kcov_in_debugfs()
    {
        Put("proc/filesystems", "nodev\tdebugfs\n");
        Put("proc/self/mounts", "debugfs /sys/kernel/debug debugfs rw 0 0\n");

        string message = KcovDiagnosis.Of(Files, ErrorNumber.NoEntry, isRoot: true);

        Assert.Contains("there is no kcov in it: this kernel has none; build the kernel with CONFIG_KCOV=y", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_build_id_is_that_of_the_kernels_notes()
    {
        Put("sys/kernel/notes", File.ReadAllBytes(RecordedKernel.PathOf("notes")));

        string? id = RunningKernel.Read(Files).BuildId;

        Assert.Equal(KernelImage.Open(Path.Combine(RecordedKernel.Stored, "vmlinux.small")).BuildId, id);
    }

    [Fact]
    public void Hidden_addresses()
    {
        Put("proc/kallsyms", "0000000000000000 T _text\n");
        Put("proc/sys/kernel/kptr_restrict", "2\n");

        var e = Assert.Throws<KernelException>(() => RunningKernel.Read(Files).TextStart());

        Assert.Contains("hides addresses (kernel.kptr_restrict is 2); as root: sysctl -w kernel.kptr_restrict=0, or give the kernel's file with --vmlinux", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_address()
    {
        Put("proc/kallsyms", "ffffffff9a000000 T startup_64\nffffffff9a000000 T _text\n");

        var e = Assert.Throws<KernelException>(() => RunningKernel.Read(Files).TextStart());

        Assert.Contains("runs at a random address (KASLR): _text is 0xffffffff9a000000", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("boot with nokaslr, or give the kernel's file with --vmlinux", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_kallsyms() => Assert.Contains("CONFIG_KALLSYMS=y", Assert.Throws<KernelException>(() => RunningKernel.Read(Files).TextStart()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_usual_address()
    {
        Put("proc/kallsyms", "ffffffff81000000 T startup_64\nffffffff81000000 T _text\nffffffff81000030 T secondary_startup_64\n");

        Assert.Equal(0xFFFF_FFFF_8100_0000, RunningKernel.Read(Files).TextStart());
    }

    [Fact]
    public void An_image_of_another_build()
    {
        Put("sys/kernel/notes", File.ReadAllBytes(RecordedKernel.PathOf("notes")));
        Put("proc/sys/kernel/osrelease", "6.1.192\n");
        string path = Path.Combine(RecordedKernel.Stored, "vmlinux.other");

        var e = Assert.Throws<KernelException>(() => KernelImage.Open(path).CheckIs(RunningKernel.Read(Files)));

        Assert.Contains($"{path}: is of another build: its build id is 00112233445566778899aabbccddeeff00112233, that of the running kernel (6.1.192) ", e.Message, StringComparison.Ordinal);
        KernelImage.Open(Path.Combine(RecordedKernel.Stored, "vmlinux.small")).CheckIs(RunningKernel.Read(Files));
    }

    [Fact]
    public void A_file_that_is_no_kernel()
    {
        Put("program", "#!/bin/sh\n");

        Assert.Contains("expected a vmlinux, which is no bzImage", Assert.Throws<KernelException>(() => KernelImage.Open(_root.File("program"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<KernelException>(() => KernelImage.Open(_root.File("none"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_the_callback_is_a_point_and_nothing_else_is()
    {
        KernelImage image = KernelImage.Open(Path.Combine(RecordedKernel.Stored, "vmlinux.small"));
        ulong[] everywhere = [.. Enumerable.Range(0, 64).Select(i => image.TextStart + (ulong)i)];

        ulong point = Assert.Single(image.KnownPoints(everywhere));

        Assert.Equal("_text", image.NamesOf([point], [])[0][^1].Function);
    }

    [Fact]
    public void Damaged_notes_are_refused_or_read_but_never_fail_otherwise()
    {
        byte[] whole = File.ReadAllBytes(RecordedKernel.PathOf("notes"));
        Random random = new(8);
        int refused = 0, read = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] notes = whole[..random.Next(whole.Length + 1)];
            for (int change = random.Next(4); change > 0 && notes.Length > 0; change--)
            {
                notes[random.Next(notes.Length)] = (byte)random.Next(256);
            }

            try
            {
                ElfNotes.BuildId(notes);
                read++;
            }
            catch (SymbolsException)
            {
                refused++;
            }
        }

        Assert.True(refused > 500 && read > 500, $"{refused} refused, {read} read");
    }

    private void Put(string path, string text) => Put(path, System.Text.Encoding.UTF8.GetBytes(text));

    private void Put(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        File.WriteAllBytes(_root.File(path), content);
    }
}
