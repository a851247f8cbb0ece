using System.Globalization;
using System.Text;

namespace Edgewise.Bench.Showmap;

/// <summary>A campaign on disk as fuzzers leave it: 20 approaches with 30 trials, each trial with a fixed number of ids out of 1.2 times as many. It is gone when disposed.</summary>
internal sealed class CampaignSample : IDisposable
{
    private const int Approaches = 20, Trials = 30, IdsOfModule = 4000;

    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-bench-campaign-").FullName;

    /// <summary>Writes it.</summary>
    /// <param name="ids">Lines of each trial.</param>
    public CampaignSample(int ids)
    {
        int known = ids * 6 / 5;
        byte[][] names = [.. Enumerable.Range(0, known).Select(static i => Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"cil_{0x1234ABCD5678EF00 + (i / IdsOfModule):x16}_{0x2000 + (7 * i):x8}")))];
        Random random = new(1);
        for (int approach = 0; approach < Approaches; approach++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, $"approach-{approach:00}")).FullName;
            for (int trial = 0; trial < Trials; trial++)
            {
                using FileStream file = new(Path.Combine(folder, $"trial-{trial:00}.txt"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

                // Each id is taken with the probability that leaves the right number in the end.
                for (int i = 0, missing = ids; missing > 0; i++)
                {
                    if (random.Next(known - i) < missing)
                    {
                        missing--;
                        file.Write(names[i]);
                        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $":{random.Next(1, 300)}\n")));
                    }
                }

                Bytes += file.Length;
            }
        }
    }

    /// <summary>The campaign's folder.</summary>
    public string Folder => _folder;

    /// <summary>Size of all files.</summary>
    public long Bytes { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
