using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Reading;

namespace Edgewise.Tests.Showmap.Differential;

/// <summary>A campaign's folder that is gone after the test.</summary>
internal sealed class CampaignFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("edgewise-campaign-").FullName;

    /// <summary>The sample of differential-coverage 1.0.4.</summary>
    public static CampaignFiles Sample() => new CampaignFiles()
        .Add("approach_a/t1.txt", "1:1\n2:5\n3:0\n").Add("approach_a/t2.txt", "1:10\n2:0\n3:1\n")
        .Add("approach_b/t1.txt", "1:1\n3:1\n").Add("approach_b/t2.txt", "1:1\n3:1\n").Add("approach_b/t3.txt", "1:1\n3:0\n")
        .Add("approach_c/t1.txt", "1:1\n2:5\n3:1\n").Add("approach_c/t2.txt", "1:1\n2:2\n3:1\n")
        .Add("seeds/t1.txt", "1:1\n2:0\n3:0\n");

    public CampaignFiles Add(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public string At(string path) => Path.Combine(Folder, path);

    /// <summary>Reads it, and expects it to be right.</summary>
    public Campaign Read(bool isPerInput = false, EntryTimes times = EntryTimes.None)
    {
        List<string> errors = [];
        ApproachFilter filter = ApproachFilter.Parse([], [], errors);
        Campaign? campaign = new CampaignReader(times != EntryTimes.None).Read(new CampaignFolder(filter, isPerInput, times).Find(Folder, errors, []), errors);
        Assert.Empty(errors);
        return campaign!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
