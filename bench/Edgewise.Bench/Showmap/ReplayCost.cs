using System.ComponentModel;
using System.Text;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Showmap;

/// <summary>
/// Replay of 10,000 small entries through a byte-level JSON parser: <c>edgewise showmap</c>, and afl-showmap with <c>edgewise afl</c> as its target, in turns. Whole commands,
/// and what the entries take beyond a corpus of one. Beside them what the system takes for the files alone, in the same folders: each read, and each written and renamed.
/// </summary>
internal static class ReplayCost
{
    private const int Entries = 10_000;
    private const int UsualRounds = 5;
    private const int Seed = 7;
    private const double Goal = 50, FilesGoal = 20_000;
    private const string Target = "artifacts/bin/Edgewise.Bench.FuzzTargets/release/Edgewise.Bench.FuzzTargets.dll";
    private const string Method = "mini-json";
    private const string Memory = "/dev/shm";

    /// <summary>Takes the figures: the best of some rounds.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (PublishedCommand.Find() is not { } program)
        {
            report($"showmap: skipped, {PublishedCommand.Missing}");
            yield break;
        }

        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName, memory = Path.Combine(Memory, Path.GetFileName(folder)), target = Path.Combine(RepositoryFiles.Root, Target);
        var best = new Dictionary<string, double>();
        try
        {
            string[] places = Directory.Exists(Memory) ? [folder, Directory.CreateDirectory(memory).FullName] : [folder];
            Write(Path.Combine(folder, "all"), Entries);
            Write(Path.Combine(folder, "one"), 1);
            string launcher = Path.Combine(folder, "json.afl");
            MeasuredProcess.Run(program, ["afl", target, "--method", Method, "-o", launcher]);
            for (int round = 0; round < options.Rounds(UsualRounds); round++)
            {
                Take("reading", PlainFiles.Read(Path.Combine(folder, "all")));
                foreach (string corpus in (string[])["one", "all"])
                {
                    // Each time into new folders: to replace a file that is there is a dearer thing, which some file systems write to the disk at once.
                    string[] ours = ["showmap", target, Path.Combine(folder, corpus), "--method", Method, "--no-cache"];
                    Take($"ours.{corpus}", MeasuredProcess.Run(program, [.. ours, "-o", Path.Combine(folder, $"sum-{corpus}-{round}")]).Wall);
                    foreach (string place in places)
                    {
                        string output = Path.Combine(place, $"each-{corpus}-{round}");
                        Take($"{Name(place)}.{corpus}", MeasuredProcess.Run(program, [.. ours, "--workers", "1", "--per-input", "-o", output]).Wall);
                        if (corpus == "all")
                        {
                            Take($"{Name(place)}.alone", PlainFiles.Write(output, output + "-again"));
                        }
                    }

                    if (!TryPeer(folder, corpus, launcher, report, out double wall))
                    {
                        continue;
                    }

                    Take($"afl.{corpus}", wall);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            if (Directory.Exists(memory))
            {
                Directory.Delete(memory, recursive: true);
            }
        }

        double replay = best["ours.all"] - best["ours.one"];
        yield return new("showmap.replay.start", best["ours.one"] * 1e3, "ms");
        yield return new("showmap.replay.all", best["ours.all"] * 1e3, "ms");
        yield return new("showmap.replay.entries", Entries / replay, "/s", HigherIsBetter: true);
        yield return new("showmap.reading-alone", Entries / best["reading"], "/s", HigherIsBetter: true);
        foreach (string place in (string[])["disk", "memory"])
        {
            if (best.TryGetValue($"{place}.all", out double files))
            {
                yield return new($"showmap.files.{place}", Entries / (files - best[$"{place}.one"]), "/s", FilesGoal, HigherIsBetter: true);
                yield return new($"showmap.files.{place}.writing-alone", Entries / best[$"{place}.alone"], "/s", HigherIsBetter: true);
            }
        }

        if (best.TryGetValue("afl.all", out double peer))
        {
            yield return new("showmap.afl.all", peer * 1e3, "ms");
            yield return new("showmap.afl.entries", Entries / (peer - best["afl.one"]), "/s", HigherIsBetter: true);
            yield return new("showmap.of-afl.whole", peer / best["ours.all"], "x", Goal, HigherIsBetter: true);
            yield return new("showmap.of-afl.entries", (peer - best["afl.one"]) / replay, "x", Goal, HigherIsBetter: true);
        }

        string Name(string place) => place == folder ? "disk" : "memory";
        void Take(string what, double seconds) => best[what] = Math.Min(best.GetValueOrDefault(what, double.MaxValue), seconds);
    }

    private static bool TryPeer(string folder, string corpus, string launcher, Action<string> report, out double wall)
    {
        try
        {
            wall = MeasuredProcess.Run("afl-showmap", ["-C", "-q", "-t", "10000", "-i", Path.Combine(folder, corpus), "-o", Path.Combine(folder, "afl.map"), "--", launcher]).Wall;
            return true;
        }
        catch (Win32Exception)
        {
            report("showmap: without afl-showmap, it is not installed (Debian: afl++)");
            wall = 0;
            return false;
        }
    }

    private static void Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            var text = new StringBuilder("{");
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                text.Append(random.Next(5) switch
                {
                    0 => $"\"n{k}\":{random.Next()},",
                    1 => $"\"t{k}\":\"{new string((char)random.Next('a', 'z'), random.Next(12))}\",",
                    2 => $"\"a{k}\":[1,{random.Next(9)},null],",
                    3 => $"\"b{k}\":{{\"c\":true}},",
                    _ => $"\"e{k}\":-{random.Next(99)}.5e{random.Next(9)},",
                });
            }

            File.WriteAllText(Path.Combine(folder, $"entry-{i:00000}"), text.Append("\"end\":").Append(i).Append('}').ToString());
        }
    }
}
