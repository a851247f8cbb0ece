using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.GZip;
using ICSharpCode.SharpZipLib.Tar;
using ICSharpCode.SharpZipLib.Zip;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Workloads;

/// <summary>Compresses the input texts in every format of the library and takes them apart again.</summary>
public static class SharpZipLibWorkload
{
    private static readonly DateTime Time = new(2025, 3, 14, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>Deflates and inflates at several levels, and makes and reads gzip, bzip2, tar and zip; returns digests of the archives.</summary>
    public static string Run()
    {
        byte[] data = Encoding.UTF8.GetBytes(Documents.Stations + Documents.Manual + Documents.Portal);
        var report = new StringBuilder();
        foreach (int level in (ReadOnlySpan<int>)[0, 1, 6, 9])
        {
            byte[] deflated = Deflate(data, level);
            Check.That(Inflate(deflated, data.Length).AsSpan().SequenceEqual(data), $"what level {level} deflated is inflated");
            Add(report, $"deflate {level}", deflated);
        }

        byte[] gzip = RoundTrip(data, stream => new GZipOutputStream(stream) { IsStreamOwner = false }, stream => new GZipInputStream(stream));
        gzip.AsSpan(4, 4).Clear(); // the time of day
        Add(report, "gzip", gzip);
        Add(report, "bzip2", RoundTrip(data, stream => new BZip2OutputStream(stream, 1) { IsStreamOwner = false }, stream => new BZip2InputStream(stream)));
        Add(report, "tar", Tar(data));
        Zip(report, data);
        return report.ToString();
    }

    private static void Add(StringBuilder report, string name, ReadOnlySpan<byte> archive)
    {
        var crc = new Crc32();
        crc.Update(archive.ToArray());
        var adler = new Adler32();
        adler.Update(archive.ToArray());
        report.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name} {archive.Length} {crc.Value:x8} {adler.Value:x8}\n");
    }

    private static byte[] Deflate(byte[] data, int level)
    {
        var deflater = new Deflater(level);
        deflater.SetInput(data);
        deflater.Finish();
        using var output = new MemoryStream();
        byte[] buffer = new byte[4096];
        while (!deflater.IsFinished)
        {
            output.Write(buffer, 0, deflater.Deflate(buffer));
        }

        return output.ToArray();
    }

    private static byte[] Inflate(byte[] deflated, int length)
    {
        var inflater = new Inflater();
        inflater.SetInput(deflated);
        byte[] data = new byte[length];
        int count = 0;
        while (!inflater.IsFinished)
        {
            count += inflater.Inflate(data, count, length - count);
        }

        Check.That(count == length, "all bytes are inflated");
        return data;
    }

    private static byte[] RoundTrip(byte[] data, Func<Stream, Stream> compress, Func<Stream, Stream> decompress)
    {
        using var archive = new MemoryStream();
        using (Stream compressor = compress(archive))
        {
            compressor.Write(data);
        }

        using var output = new MemoryStream();
        using (Stream decompressor = decompress(new MemoryStream(archive.ToArray())))
        {
            decompressor.CopyTo(output);
        }

        Check.That(output.ToArray().AsSpan().SequenceEqual(data), "what was compressed is decompressed");
        return archive.ToArray();
    }

    private static byte[] Tar(byte[] data)
    {
        using var archive = new MemoryStream();
        using (var output = new TarOutputStream(archive, Encoding.UTF8) { IsStreamOwner = false })
        {
            TarEntry entry = TarEntry.CreateTarEntry("stations/" + new string('n', 120) + ".txt");
            entry.Size = data.Length;
            entry.ModTime = Time;
            output.PutNextEntry(entry);
            output.Write(data);
            output.CloseEntry();
        }

        using var input = new TarInputStream(new MemoryStream(archive.ToArray()), Encoding.UTF8);
        Check.That(input.GetNextEntry().Name.Length == 133, "the long name is read back");
        using var extracted = new MemoryStream();
        input.CopyEntryContents(extracted);
        Check.That(extracted.ToArray().AsSpan().SequenceEqual(data), "the entry is extracted");
        return archive.ToArray();
    }

    private static void Zip(StringBuilder report, byte[] data)
    {
        using var archive = new MemoryStream();
        using (var output = new ZipOutputStream(archive) { IsStreamOwner = false, UseZip64 = UseZip64.Dynamic })
        {
            foreach ((string name, CompressionMethod method) in (ReadOnlySpan<(string, CompressionMethod)>)[("a.json", CompressionMethod.Deflated), ("dir/b.bin", CompressionMethod.Stored)])
            {
                output.PutNextEntry(new ZipEntry(name) { DateTime = Time, CompressionMethod = method });
                output.Write(data);
                output.CloseEntry();
            }
        }

        using var file = new ZipFile(new MemoryStream(archive.ToArray()));
        Check.That(file.TestArchive(testData: true), "the archive passes its test");
        foreach (ZipEntry entry in file)
        {
            using Stream stream = file.GetInputStream(entry);
            using var extracted = new MemoryStream();
            stream.CopyTo(extracted);
            Check.That(extracted.ToArray().AsSpan().SequenceEqual(data), $"{entry.Name} is extracted");
            Add(report, entry.Name, extracted.ToArray());
        }
    }
}
