using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Hosting;

public sealed class ImageCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _module;

    public ImageCacheTests() => _module = _folder.Copy(typeof(ImageCache).Assembly.Location);

    [Fact]
    public void The_second_time_an_image_comes_from_the_cache_and_is_the_same()
    {
        ImageCache cache = Open();

        InstrumentedModule first = cache.Get(_module, new InstrumentationOptions());
        InstrumentedModule second = cache.Get(_module, new InstrumentationOptions());

        Assert.Equal((false, true), (first.WasCached, second.WasCached));
        Assert.Equal(first.ImagePath, second.ImagePath);
        Assert.True(second.Points.PointCount > 100);
        Assert.Equal(PointSetCodec.Write(first.Points), PointSetCodec.Write(second.Points));
        Assert.Equal((first.MethodCount, first.IgnoredCount), (second.MethodCount, second.IgnoredCount));
    }

    [Theory]
    [InlineData(CoverageFeatures.InlineBoolFlag, Pruning.Exact, InstrumentationLevel.Edge, false)]
    [InlineData(CoverageFeatures.Inline8BitCounters, Pruning.None, InstrumentationLevel.Edge, false)]
    [InlineData(CoverageFeatures.Inline8BitCounters, Pruning.Exact, InstrumentationLevel.Func, false)]
    [InlineData(CoverageFeatures.Inline8BitCounters, Pruning.Exact, InstrumentationLevel.Edge, true)]
    public void Other_options_make_another_entry(CoverageFeatures features, Pruning pruning, InstrumentationLevel level, bool pruneEntry)
    {
        ImageCache cache = Open();
        var usual = new InstrumentationOptions { Features = CoverageFeatures.Inline8BitCounters };

        InstrumentedModule one = cache.Get(_module, usual);
        InstrumentedModule other = cache.Get(_module, usual with { Features = features, Pruning = pruning, Level = level, PruneEntry = pruneEntry });

        Assert.NotEqual(one.ImagePath, other.ImagePath);
        Assert.False(other.WasCached);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("entry.json")]
    public void A_damaged_entry_is_built_anew(string part)
    {
        ImageCache cache = Open();
        string file = Path.Combine(Path.GetDirectoryName(cache.Get(_module, new InstrumentationOptions()).ImagePath)!, part);
        byte[] good = File.ReadAllBytes(file);
        byte[] flipped = [.. good];
        flipped[good.Length / 2] ^= 1;
        foreach (byte[] damaged in (byte[][])[good[..(good.Length / 2)], [], flipped])
        {
            File.WriteAllBytes(file, damaged);

            InstrumentedModule module = cache.Get(_module, new InstrumentationOptions());

            Assert.False(module.WasCached);
            Assert.Equal(good, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Many_threads_may_ask_for_one_image_whose_entry_is_damaged()
    {
        ImageCache cache = Open();
        InstrumentedModule first = cache.Get(_module, new InstrumentationOptions());
        byte[] good = File.ReadAllBytes(first.ImagePath);
        File.WriteAllBytes(first.ImagePath, []);

        Parallel.For(0, 8, _ => Assert.Equal(first.ImagePath, Open().Get(_module, new InstrumentationOptions()).ImagePath));

        Assert.Equal(good, File.ReadAllBytes(first.ImagePath));
        Assert.Single(Directory.GetDirectories(_folder.At("cache", "images")));
    }

    [Fact]
    public void An_entry_that_was_not_used_for_long_goes()
    {
        ImageCache cache = Open();
        string old = Path.GetDirectoryName(cache.Get(_module, new InstrumentationOptions()).ImagePath)!;
        File.SetLastWriteTimeUtc(Path.Combine(old, "entry.json"), DateTime.UtcNow.AddDays(-40));
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-40));

        cache.Get(_module, new InstrumentationOptions { Level = InstrumentationLevel.Func });

        Assert.False(Directory.Exists(old));
    }

    public void Dispose() => _folder.Dispose();

    private ImageCache Open() => new(CacheFolder.Open(name => name == "EDGEWISE_CACHE" ? _folder.At("cache") : null, _ => { }));
}
