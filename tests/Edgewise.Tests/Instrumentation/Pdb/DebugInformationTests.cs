using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Pdb;
using Edgewise.Tests.Instrumentation.Metadata;
using Microsoft.CodeAnalysis.Emit;
using DebugDirectoryEntry = Edgewise.Instrumentation.Pdb.DebugDirectoryEntry;

namespace Edgewise.Tests.Instrumentation.Pdb;

public sealed class DebugInformationTests
{
    private static readonly CompiledSample Beside = CompiledSample.Beside;
    private static readonly CompiledSample Embedded = CompiledSample.Embedded;
    private static readonly string[] Refusals = ["EW1110", "EW1111", "EW1112", "EW1113", "EW1114"];
    private static readonly SyntheticMoves Moves = new(Beside.Image);

    [Fact]
    public void A_pdb_beside_the_image_is_rewritten_and_its_checksum_in_the_image_is_that_of_the_new_bytes()
    {
        SyntheticMoves moves = new(Beside.Image);
        DebugInformation information = DebugInformation.Read(Beside.Image, Beside.Pdb);

        RewrittenDebugInformation rewritten = information.Rewrite(moves.Map, moves.RowCounts, 1);

        Assert.Equal(DebugInformationKind.Beside, information.Kind);
        Assert.Null(information.Warning);
        MovedPdb.Check(Beside.Pdb!, rewritten.Pdb!, moves, 1);
        DebugDirectoryChange change = Assert.Single(rewritten.Changes);
        Assert.Equal(DebugEntryType.PdbChecksum, change.Entry.Type);
        Assert.True(change.IsInPlace);
        byte[] image = [.. Beside.Image];
        change.Data.CopyTo(image, change.Entry.DataPosition);
        Assert.Equal(Checksum(rewritten.Pdb!), StoredChecksum(image));
        Assert.NotEqual(Checksum(Beside.Pdb!), StoredChecksum(image));
    }

    [Fact]
    public void An_embedded_pdb_is_rewritten_stored_and_found_by_the_frameworks_reader()
    {
        SyntheticMoves moves = new(Embedded.Image);
        DebugInformation information = DebugInformation.Read(Embedded.Image, null);

        RewrittenDebugInformation rewritten = information.Rewrite(moves.Map, moves.RowCounts, 1);

        Assert.Equal(DebugInformationKind.Embedded, information.Kind);
        Assert.Null(rewritten.Pdb);
        byte[] image = Apply(Embedded.Image, rewritten.Changes);
        byte[] unpacked = ReadEmbedded(image);
        MovedPdb moved = MovedPdb.Check(ReadEmbedded(Embedded.Image), unpacked, moves, 1);
        Assert.True(moved.Awaits > 0);
        Assert.Equal(Checksum(unpacked), StoredChecksum(image));
    }

    [Fact]
    public void A_large_pdb_is_stored_in_several_blocks_and_unpacked_by_deflate()
    {
        byte[] pdb = RandomNumberGenerator.GetBytes(200_000);

        byte[] stored = EmbeddedPdb.Store(pdb);

        DebugDirectoryEntry entry = new(DebugEntryType.EmbeddedPortablePdb, 0, 0, 0, 0, 0, 0, 0, stored.Length);
        Assert.Equal(pdb, EmbeddedPdb.Inflate(stored, entry));
        Assert.Equal(8 + 200_000 + (4 * 5), stored.Length);
    }

    [Fact]
    public void The_checksum_that_the_compiler_wrote_is_the_one_that_is_computed()
    {
        foreach (CompiledSample sample in new[] { Beside, Embedded })
        {
            DebugInformation information = DebugInformation.Read(sample.Image, sample.Pdb);
            DebugDirectoryEntry entry = information.Entries.Single(entry => entry.Type == DebugEntryType.PdbChecksum);
            byte[] data = DebugDirectory.Data(sample.Image, entry).ToArray();

            Assert.Equal(data, PdbChecksum.Compute(data, information.Pdb!, IdPosition(information.Pdb!)));
        }
    }

    [Fact]
    public void A_pdb_of_another_build_is_left_out_with_a_warning()
    {
        CompiledSample other = CompiledSample.Compile(DebugInformationFormat.PortablePdb, "public static class Later { }");

        DebugInformation information = DebugInformation.Read(Beside.Image, other.Pdb);

        Assert.Equal(DebugInformationKind.OtherBuild, information.Kind);
        Assert.Equal("the PDB is of another build than the image, and is left out", information.Warning);
        SyntheticMoves moves = new(Beside.Image);
        RewrittenDebugInformation rewritten = information.Rewrite(moves.Map, moves.RowCounts, 1);
        Assert.Null(rewritten.Pdb);
        Assert.Empty(rewritten.Changes);
    }

    [Fact]
    public void A_windows_pdb_and_a_file_that_is_no_pdb_are_left_out_with_a_warning()
    {
        DebugInformation windows = DebugInformation.Read(Beside.Image, [.. "Microsoft C/C++ MSF 7.00\r\n\u001ADS\0\0\0"u8]);
        DebugInformation text = DebugInformation.Read(Beside.Image, [.. "hello"u8]);

        Assert.Equal(DebugInformationKind.Windows, windows.Kind);
        Assert.Contains("DebugType portable", windows.Warning, StringComparison.Ordinal);
        Assert.Equal(DebugInformationKind.Unrecognized, text.Kind);
        Assert.Contains("no PDB", text.Warning, StringComparison.Ordinal);
        Assert.Null(windows.Pdb);
    }

    [Fact]
    public void Without_a_pdb_there_is_nothing_to_rewrite()
    {
        DebugInformation information = DebugInformation.Read(Beside.Image, null);

        Assert.Equal(DebugInformationKind.None, information.Kind);
        Assert.Null(information.Warning);
        Assert.Contains(information.Entries, entry => entry.IsPortableCodeView);
    }

    [Fact]
    public void The_entries_are_those_of_the_frameworks_reader()
    {
        foreach (byte[] image in new[] { Beside.Image, Embedded.Image, File.ReadAllBytes(typeof(object).Assembly.Location) })
        {
            using PEReader reader = new(ImmutableArray.Create(image));

            Assert.Equal(
                reader.ReadDebugDirectory().Select(entry => ((int)entry.Type, entry.Stamp, entry.DataPointer, entry.DataRelativeVirtualAddress, entry.DataSize)),
                DebugInformation.Read(image, null).Entries.Select(entry => ((int)entry.Type, entry.Stamp, entry.DataPosition, entry.DataRva, entry.DataLength)));
        }
    }

    [Fact]
    public void Damaged_images_and_pdbs_are_read_or_refused_with_a_reason()
    {
        Random random = new(7);
        int refused = 0;
        using PEReader reader = new(ImmutableArray.Create(Embedded.Image));
        Assert.True(reader.PEHeaders.TryGetDirectoryOffset(reader.PEHeaders.PEHeader!.DebugTableDirectory, out int directory));
        for (int i = 0; i < 3_000; i++)
        {
            byte[] image = [.. Embedded.Image];
            (int start, int length) = i % 2 == 0 ? (0, 0x250) : (directory, 600);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                image[start + random.Next(length)] = (byte)random.Next(256);
            }

            refused += Visit(image, null) ? 0 : 1;

            byte[] pdb = [.. Beside.Pdb!];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                pdb[random.Next(i % 3 == 0 ? 400 : pdb.Length)] = (byte)random.Next(256);
            }

            refused += Visit(Beside.Image, pdb) ? 0 : 1;
        }

        for (int length = 0; length < Beside.Pdb!.Length; length += 5)
        {
            Visit(Beside.Image, Beside.Pdb[..length]);
        }

        Assert.InRange(refused, 500, 5_500);
    }

    private static bool Visit(byte[] image, byte[]? pdb)
    {
        try
        {
            DebugInformation.Read(image, pdb).Rewrite(Moves.Map, Moves.RowCounts, 1);
            return true;
        }
        catch (InstrumentationException error)
        {
            Assert.Contains(error.Id, Refusals);
            Assert.Contains(':', error.Message);
            return false;
        }
    }

    private static byte[] Apply(byte[] original, IReadOnlyList<DebugDirectoryChange> changes)
    {
        GrownImage image = new([.. original], 0, 0);
        foreach (DebugDirectoryChange change in changes)
        {
            if (change.IsInPlace)
            {
                change.Data.CopyTo(image.Bytes, change.Entry.DataPosition);
                continue;
            }

            image = GrownImage.Append(image.Bytes, change.Data);
            int header = change.Entry.HeaderPosition + DebugDirectoryEntry.DataLengthOffset;
            image.Patch(header, change.Data.Length);
            image.Patch(header + 4, image.Rva);
            image.Patch(header + 8, image.Position);
        }

        return image.Bytes;
    }

    private static unsafe byte[] ReadEmbedded(byte[] image)
    {
        using PEReader reader = new(ImmutableArray.Create(image));
        System.Reflection.PortableExecutable.DebugDirectoryEntry entry =
            reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = reader.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        MetadataReader pdb = provider.GetMetadataReader();
        return new ReadOnlySpan<byte>(pdb.MetadataPointer, pdb.MetadataLength).ToArray();
    }

    private static byte[] StoredChecksum(byte[] image)
    {
        using PEReader reader = new(ImmutableArray.Create(image));
        PdbChecksumDebugDirectoryData data = reader.ReadPdbChecksumDebugDirectoryData(
            reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.PdbChecksum));
        Assert.Equal("SHA256", data.AlgorithmName);
        return [.. data.Checksum];
    }

    private static byte[] Checksum(byte[] pdb)
    {
        byte[] zeroed = [.. pdb];
        zeroed.AsSpan(IdPosition(pdb), 20).Clear();
        return SHA256.HashData(zeroed);
    }

    private static int IdPosition(byte[] pdb)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
        return provider.GetMetadataReader().DebugMetadataHeader!.IdStartOffset;
    }
}
