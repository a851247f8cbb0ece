using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Edgewise.Instrumentation;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Damaged images give an error and nothing else; sound ones give the same bytes wherever and whenever.</summary>
public sealed class ImageInputTests
{
    private static readonly byte[] Sound = File.ReadAllBytes(Path.Combine(RealAssemblies.FolderOf("Stress"), "Stress.dll"));

    [Fact]
    public void A_damaged_image_gives_an_instrumentation_error_or_an_image_that_reads_like_the_damaged_one() => InstrumentDamaged(20250314, 2000, compareEach: 8);

    [Fact]
    [Trait("Category", "Long")]
    public void Many_damaged_images_give_an_instrumentation_error_or_an_image_that_reads_like_the_damaged_one() => InstrumentDamaged(1, 8000, compareEach: 3);

    [Fact]
    public void An_image_cut_off_anywhere_gives_an_instrumentation_error()
    {
        for (int length = 0; length < Sound.Length - 512; length += 97)
        {
            byte[] cut = Sound[..length];
            InstrumentationException exception = Assert.Throws<InstrumentationException>(() => Instrument(cut));
            Assert.StartsWith("EW", exception.Id, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string> ForeignFiles() => ["libclrjit.so", "libcoreclr.so", "Microsoft.NETCore.App.deps.json"];

    [Theory]
    [MemberData(nameof(ForeignFiles))]
    public void A_file_that_is_no_managed_image_gives_an_instrumentation_error(string file)
    {
        byte[] image = File.ReadAllBytes(Path.Combine(RealAssemblies.FrameworkFolder, file));

        Assert.Throws<InstrumentationException>(() => Instrument(image));
    }

    [Fact]
    public void A_PE_file_without_managed_code_gives_an_instrumentation_error()
    {
        byte[] image = [.. Sound];
        var headers = new PEHeaders(new MemoryStream(image));
        int directory = headers.PEHeaderStartOffset + (headers.PEHeader!.Magic == PEMagic.PE32 ? 96 : 112) + (14 * 8);
        image.AsSpan(directory, 8).Clear();

        Assert.Throws<InstrumentationException>(() => Instrument(image));
    }

    [Fact]
    public void An_instrumented_image_is_not_instrumented_again()
    {
        byte[] once = Instrument(Sound).Image;

        InstrumentationException exception = Assert.Throws<InstrumentationException>(() => Instrument(once));

        Assert.Contains("already", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_original_is_not_written_to()
    {
        byte[] image = [.. Sound];

        Instrument(image);

        Assert.Equal(Sound, image);
    }

    [Fact]
    public void Instrumentation_gives_the_same_bytes_whatever_the_culture_the_thread_and_what_was_done_before()
    {
        var options = new InstrumentationOptions();
        byte[][] images = [.. RealAssemblies.SmallPackages.Select(file => File.ReadAllBytes(RealAssemblies.Package(file)))];
        string[] expected = [.. images.Select((image, i) => Hash(image, RealAssemblies.SmallPackages[i], options))];
        string[] found = new string[images.Length];

        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = images.Length, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            CultureInfo.CurrentCulture = OddCulture();
            found[i] = Hash(images[i], RealAssemblies.SmallPackages[i], options);
        });

        Assert.Equal(expected, found);
    }

    [Fact]
    public void An_instrumented_assembly_keeps_its_identity_so_that_references_and_friends_still_bind()
    {
        byte[] original = File.ReadAllBytes(RealAssemblies.Package("Newtonsoft.Json.dll"));
        byte[] rewritten = Instrumenter.Instrument(original, null, "Newtonsoft.Json.dll", new InstrumentationOptions()).Image;
        using var before = new PEReader(new MemoryStream(original));
        using var after = new PEReader(new MemoryStream(rewritten));

        Assert.Equal("30ad4fe6b2a6aeed", Convert.ToHexStringLower(after.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName().GetPublicKeyToken()!));
        Assert.Equal(before.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName().FullName, after.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName().FullName);
        Assert.True(after.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.StrongNameSigned));
        Assert.Equal(Mvid(before), Mvid(after));
        Assert.Equal(before.GetMetadataReader().AssemblyReferences.Count, after.GetMetadataReader().AssemblyReferences.Count);
    }

    // Every second mutation strikes a body, the others headers, tables and heaps. What the framework's reader can read of a damaged body
    // it must read the same in the result; where names and lists are damaged, it is enough that the result opens.
    private static void InstrumentDamaged(int seed, int mutations, int compareEach)
    {
        var random = new Random(seed);
        List<Range> bodies = Bodies(Sound);
        List<Range> others = HeadersAndMetadata(Sound);
        int refused = 0;
        int accepted = 0;
        for (int i = 0; i < mutations; i++)
        {
            List<Range> regions = i % 2 == 0 ? bodies : others;
            Range region = regions[i / 2 % regions.Count];
            byte[] damaged = Damage(random, region);
            try
            {
                InstrumentationResult result = Instrument(damaged);
                AssertOpens(result, i);
                if (i % 2 == 0 && accepted % compareEach == 0)
                {
                    AssertReadsAlike(damaged, result, i);
                }

                accepted++;
            }
            catch (InstrumentationException exception)
            {
                Assert.StartsWith("EW", exception.Id, StringComparison.Ordinal);
                Assert.NotEmpty(exception.Message);
                refused++;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"mutation {i} in {region}: {exception}");
            }
        }

        Assert.True(refused > mutations / 50 && accepted > mutations / 50, $"{refused} refused, {accepted} accepted");
    }

    private static void AssertOpens(InstrumentationResult result, int mutation)
    {
        using var after = new PEReader(new MemoryStream(result.Image));
        Assert.True(after.HasMetadata && after.GetMetadataReader().TypeDefinitions.Count > 0, $"mutation {mutation}");
    }

    private static Guid Mvid(PEReader image) => image.GetMetadataReader().GetGuid(image.GetMetadataReader().GetModuleDefinition().Mvid);

    private static InstrumentationResult Instrument(byte[] image) => Instrumenter.Instrument(image, null, "Stress.dll", new InstrumentationOptions());

    private static string Hash(byte[] image, string name, InstrumentationOptions options) =>
        Convert.ToHexString(SHA256.HashData(Instrumenter.Instrument(image, null, name, options).Image));

    private static CultureInfo OddCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }

    // One byte, a few, or a whole little-endian number, mostly near what a real file holds.
    private static byte[] Damage(Random random, Range region)
    {
        byte[] image = [.. Sound];
        (int offset, int length) = region.GetOffsetAndLength(image.Length);
        int changes = 1 + random.Next(3);
        for (int i = 0; i < changes; i++)
        {
            int at = offset + random.Next(length);
            switch (random.Next(4))
            {
                case 0:
                    image[at] = (byte)random.Next(256);
                    break;
                case 1:
                    image[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    image[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                default:
                    image.AsSpan(at, Math.Min(4, image.Length - at)).Fill((byte)(random.Next(2) * 0xFF));
                    break;
            }
        }

        return image;
    }

    private static List<Range> HeadersAndMetadata(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        int start = reader.PEHeaders.MetadataStartOffset;
        int corHeader = reader.PEHeaders.CorHeaderStartOffset;
        List<Range> regions = [0..512, 128..440, start..(start + 120), corHeader..(corHeader + 72)];
        for (int table = 0; table <= (int)TableIndex.GenericParamConstraint; table++)
        {
            int size = metadata.GetTableRowCount((TableIndex)table) * metadata.GetTableRowSize((TableIndex)table);
            if (size > 0)
            {
                int at = start + metadata.GetTableMetadataOffset((TableIndex)table);
                regions.Add(at..(at + size));
            }
        }

        foreach (HeapIndex heap in Enum.GetValues<HeapIndex>())
        {
            int at = start + metadata.GetHeapMetadataOffset(heap);
            regions.Add(at..(at + metadata.GetHeapSize(heap)));
        }

        return regions;
    }

    private static List<Range> Bodies(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        List<Range> regions = [];
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            int section = reader.PEHeaders.GetContainingSectionIndex(method.RelativeVirtualAddress);
            SectionHeader header = reader.PEHeaders.SectionHeaders[section];
            int at = method.RelativeVirtualAddress - header.VirtualAddress + header.PointerToRawData;
            regions.Add(at..(at + reader.GetMethodBody(method.RelativeVirtualAddress).Size));
        }

        return regions;
    }

    private static void AssertReadsAlike(byte[] damaged, InstrumentationResult result, int mutation)
    {
        using var comparison = new ImageComparison(damaged, result);

        List<string> differences = comparison.Differences();

        Assert.True(differences.Count == 0, $"mutation {mutation}: {string.Join('\n', differences.Take(3))}");
    }
}
