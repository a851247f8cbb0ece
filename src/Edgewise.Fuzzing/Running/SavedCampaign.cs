using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edgewise.Corpus;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Runtime.Formats;

namespace Edgewise.Fuzzing.Running;

/// <summary>
/// The campaign's memory as a file beside its corpus, so that one that was killed goes on where it was saved last. When it is saved is nothing that decisions
/// depend on, so a clock may say it.
/// </summary>
internal sealed unsafe class SavedCampaign
{
    private const string FileName = "campaign";
    private const int ShareOfTime = 50;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private TimeSpan _pause = ShortestPause;
    private long _savedAt = Stopwatch.GetTimestamp();

    /// <summary>The file of a corpus folder.</summary>
    public SavedCampaign(CorpusFolder corpus) => _path = Path.Combine(corpus.FolderPath, ".edgewise", FileName);

    /// <summary>A number for the build of a target and the options, as far as a campaign depends on them.</summary>
    /// <param name="modules">Identities of the instrumented modules.</param>
    /// <param name="settings">The campaign.</param>
    public static ulong IdentityOf(IEnumerable<string> modules, FuzzSettings settings)
    {
        string options = JsonSerializer.Serialize(settings.Campaign with { Runs = 0, Seed = settings.HasOwnSeed ? settings.Campaign.Seed : 0 });
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. modules.Order(StringComparer.Ordinal), settings.Method ?? "", options])));
        return BitConverter.ToUInt64(hash);
    }

    /// <summary>The campaign that was saved.</summary>
    /// <param name="identity">What it has to be of.</param>
    /// <param name="problem">Why there is none though there is a file; else null.</param>
    public CampaignMemory? Load(ulong identity, out string? problem)
    {
        problem = null;
        if (!File.Exists(_path))
        {
            return null;
        }

        try
        {
            CampaignMemory? memory = CampaignMemory.Restore(File.ReadAllBytes(_path));
            if (memory is not null && memory.Header->Identity == identity)
            {
                return memory;
            }

            problem = memory is null
                ? $"{_path}: is damaged, so the campaign begins anew with the corpus"
                : "the campaign that was interrupted is of another build or other options; one begins anew with its corpus";
            memory?.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"{_path}: cannot be read, so the campaign begins anew with the corpus: {failure.Message}";
        }

        return null;
    }

    /// <summary>Saves the campaign if it is time.</summary>
    public void SaveIfDue(CampaignMemory memory)
    {
        if (Stopwatch.GetElapsedTime(_savedAt) >= _pause)
        {
            Save(memory);
        }
    }

    /// <summary>Saves the campaign.</summary>
    /// <exception cref="CorpusException">It cannot be written.</exception>
    public void Save(CampaignMemory memory)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            AtomicFile.Write(_path, memory.Bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{_path}: the campaign cannot be saved: {failure.Message}", failure);
        }

        _savedAt = Stopwatch.GetTimestamp();
        TimeSpan cost = Stopwatch.GetElapsedTime(start, _savedAt);
        _pause = cost * ShareOfTime > ShortestPause ? cost * ShareOfTime : ShortestPause;
    }

    /// <summary>Removes the file: the campaign came to its end.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{_path}: cannot be removed: {failure.Message}", failure);
        }
    }
}
