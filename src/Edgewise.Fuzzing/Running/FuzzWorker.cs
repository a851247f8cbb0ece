using System.Numerics;
using Edgewise.Corpus;
using Edgewise.Corpus.Dictionaries;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Metadata;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Observers;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;

namespace Edgewise.Fuzzing.Running;

/// <summary>A campaign in this process, which a parent watches: loads the target, takes the seeds in, searches, and tells what it finds.</summary>
internal sealed unsafe class FuzzWorker : ICampaignListener
{
    private const int FirstEntries = 1024;
    private const long FirstHeap = 1 << 20;
    private const int StepsPerLook = 256;
    private const int SurelyLooked = 16;

    private readonly FuzzSettings _settings;
    private readonly Action<FuzzMessage> _send;
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<string, int> _quick = [];
    private readonly List<EntryName> _names = [];

    private CorpusFolder? _corpus;
    private SavedCampaign? _saved;
    private SyncPlace? _place;
    private CampaignMemory _memory = null!;
    private LoadedTarget _target = null!;
    private Executor _executor = null!;
    private Executor? _framed;
    private Campaign _campaign = null!;
    private NewCoverage? _coverage;
    private bool _isSilent;

    public FuzzWorker(FuzzSettings settings, Action<FuzzMessage> send)
    {
        _settings = settings;
        _send = send;
    }

    /// <summary>Runs the campaign to its end.</summary>
    /// <param name="memoryPath">The memory of a process that died, to go on with; null to begin.</param>
    /// <param name="known">Signatures that were told before.</param>
    /// <param name="cache">Keeps images; null to instrument in memory.</param>
    /// <param name="started">Called with the campaign, so that it can be stopped.</param>
    public void Run(string? memoryPath, IEnumerable<string> known, ImageCache? cache, Action<Campaign> started)
    {
        _known.UnionWith(known);
        _target = LoadedTarget.Load(_settings, cache);
        using CorpusFolder? corpus = _settings.Corpus.Count == 0 ? null : CorpusFolder.Open(_settings.Corpus[0]);
        _corpus = corpus;
        _saved = corpus is null ? null : new SavedCampaign(corpus);
        using SyncPlace? place = SyncPlace.Take(_settings);
        _place = place;
        List<IExtraObserver> observers = LoadedTarget.Observers(_settings.Campaign);
        CampaignMemory? begun = memoryPath is null ? LoadSaved() : CampaignMemory.Open(memoryPath);
        bool isRestart = begun is not null;
        List<Seed> seeds = isRestart ? [] : ReadSeeds();
        int maxLength = begun is null ? ChooseMaxLength(seeds) : begun.Header->Sizes.InputRoom;
        using CampaignMemory memory = begun ?? Create(maxLength, observers);
        _memory = memory;
        _memory.Moved = path => _send(new MemoryMessage(path));
        _memory.LeaveName();
        _send(new MemoryMessage(_memory.Path));
        _coverage = _settings.TellsCoverage && _target.Context is { } context ? new NewCoverage(context) : null;
        _executor = new Executor(_memory, _target.Counting, _target.Comparing, _target.IsExpected);
        _campaign = new Campaign(_memory, _settings.Campaign with { MaxLength = maxLength, Dictionary = ReadDictionary() }, _executor, _target.Custom, observers, this);
        started(_campaign);
        _send(_target.Message(maxLength, isRestart));
        if (isRestart)
        {
            Recall();
            _coverage?.Update(_memory);
        }
        else
        {
            Begin(_campaign, seeds);
        }

        Search(_campaign);
        _send(new EndMessage(StatusReader.Read(_memory), null));
    }

    private void Search(Campaign campaign)
    {
        for (int step = 0; !campaign.IsOver; step++)
        {
            campaign.Step();
            if (step % StepsPerLook == 0)
            {
                _place?.ImportIfDue(campaign);
                _saved?.SaveIfDue(_memory);
            }
        }

        if (campaign.WasStopped)
        {
            _saved?.Save(_memory);
        }
        else
        {
            _saved?.Delete();
        }
    }

    private ulong Identity() => SavedCampaign.IdentityOf(_target.Modules.Values, _settings);

    // What the target names is looked for beside it.
    private string Beside(string path) => Path.Combine(Path.GetDirectoryName(_settings.TargetPath)!, path);

    private IReadOnlyList<byte[]> ReadDictionary() => _target.Dictionary is { } file
        ? [.. _settings.Campaign.Dictionary, .. DictionaryFile.Read(Beside(file)).Select(word => word.Bytes.ToArray())]
        : _settings.Campaign.Dictionary;

    private CampaignMemory? LoadSaved()
    {
        if (_saved is null)
        {
            return null;
        }

        CampaignMemory? saved = _saved.Load(Identity(), out string? problem);
        if ((problem ?? (saved is null ? null : $"goes on with the campaign that was interrupted, from execution {saved.Header->Executions}")) is { } notice)
        {
            _send(new NoticeMessage(notice));
        }

        return saved;
    }

    private int ChooseMaxLength(List<Seed> seeds)
    {
        int longest = seeds.Select(seed => seed.Content.Length).DefaultIfEmpty(0).Max();
        int wanted = _settings.Campaign.MaxLength;
        return wanted > 0 ? wanted : _target.MaxLength ?? Math.Max(CampaignOptions.UsualLength, longest);
    }

    private CampaignMemory Create(int maxLength, List<IExtraObserver> observers)
    {
        var sizes = new CampaignSizes(_target.Counting.PointCount, LoadedTarget.ExtraFeatures(_settings.Campaign, observers), maxLength, FirstEntries, FirstHeap);
        var memory = CampaignMemory.Create(sizes, _settings.Campaign.Seed);
        memory.Header->Identity = Identity();
        return memory;
    }

    /// <inheritdoc/>
    public void Added(int entry)
    {
        EntryRecord record = _memory.Entries[entry];
        _names.Add(EntryName.Of(_memory.DataOf(entry)));
        _corpus?.Add(_memory.DataOf(entry), Metadata(entry));
        _place?.Publish(_memory.DataOf(entry), record.FoundAt, string.Join('-', StatusReader.Mutations(_memory)));
        Tell("NEW", record.Length);
    }

    /// <inheritdoc/>
    public void Reduced(int entry, ReadOnlySpan<byte> before)
    {
        _names[entry] = EntryName.Of(_memory.DataOf(entry));
        var old = EntryName.Of(before);
        // A campaign that goes on from where it was saved finds its later entries once more.
        if (_corpus?.Names.Contains(old) == true)
        {
            _corpus.Replace(old, _memory.DataOf(entry), Metadata(entry));
        }
        else
        {
            _corpus?.Add(_memory.DataOf(entry), Metadata(entry));
        }

        Tell("REDUCE", _memory.Entries[entry].Length);
    }

    /// <inheritdoc/>
    public bool Crashed(RunEnd end, Exception thrown, ReadOnlySpan<byte> input)
    {
        string quick = FindingSignature.Of(end, thrown);
        int times = _quick[quick] = _quick.GetValueOrDefault(quick) + 1;
        if (times > SurelyLooked && !BitOperations.IsPow2(times))
        {
            return false;
        }

        // What is compiled well leaves out frames, others as it gets warmer: two bugs may look alike, and one like two.
        FindingCheck check = new(_framed ??= LoadFramed(), _memory, FindingSignature.Of);
        if (check.Run(input) is { } again)
        {
            (end, thrown) = again;
        }
        else
        {
            check = new(_executor, _memory, FindingSignature.Of);
        }

        if (!_known.Add(FindingSignature.Of(end, thrown)))
        {
            return false;
        }

        CampaignHeader* header = _memory.Header;
        Finding finding = FindingOf.Exception(end, thrown, input.ToArray()) with
        {
            Execution = header->Executions,
            Mutations = string.Join('-', StatusReader.Mutations(_memory)),
            Base = header->BaseEntry >= 0 && header->BaseEntry < _names.Count ? _names[header->BaseEntry].ToString() : null,
        };

        // Told at once: minimising may kill the process.
        _send(new FindingMessage(finding, IsSecond: false));
        _send(new FindingMessage(check.Complete(finding, _settings.MinimizingRuns), IsSecond: true));
        return true;
    }

    private Executor LoadFramed()
    {
        TargetImage image;
        try
        {
            image = _target.Framed ?? _target.Counting;
        }
        catch (HostingException failure)
        {
            _send(new NoticeMessage($"findings are told by what is left of their stack traces: {failure.Message}"));
            image = _target.Counting;
        }

        return new Executor(_memory, image, null, _target.IsExpected);
    }

    private void Begin(Campaign campaign, List<Seed> seeds)
    {
        _isSilent = true;
        foreach (Seed seed in seeds)
        {
            campaign.AddSeed(seed.Content, seed.IsOwn);
        }

        campaign.Begin();
        _isSilent = false;
        _coverage?.Update(_memory);
        if (!campaign.IsOver)
        {
            Tell("INITED", 0);
        }
    }

    private void Recall()
    {
        for (int i = 0; i < _memory.Header->EntryCount; i++)
        {
            _names.Add(EntryName.Of(_memory.DataOf(i)));
        }
    }

    private List<Seed> ReadSeeds()
    {
        List<Seed> seeds = [];
        var seen = new HashSet<EntryName>();
        foreach (CorpusEntry entry in _corpus?.Load() ?? [])
        {
            seen.Add(entry.Name);
            seeds.Add(new Seed(entry.Content.ToArray(), entry.Metadata is null));
        }

        foreach (SkippedInput skipped in _corpus?.Skipped ?? [])
        {
            _send(new NoticeMessage(skipped.ToString()));
        }

        foreach (InputFile file in SeedFolders().SelectMany(InputFolder.List))
        {
            if (InputFolder.Read(file, InputFolder.UsualLargest, out SkippedInput? skipped) is not { } content)
            {
                _send(new NoticeMessage(skipped!.Value.ToString()));
            }
            else if (seen.Add(EntryName.Of(content)))
            {
                seeds.Add(new Seed(content, true));
            }
        }

        // The shortest first, so that longer ones are kept only for what they add.
        seeds = [.. seeds.OrderBy(seed => seed.Content.Length)];
        if (_settings.Corpus.Count > 0 || _settings.SeedInputs.Count > 0)
        {
            _send(new SeedsMessage(seeds.Count, seeds.Select(seed => seed.Content.Length).DefaultIfEmpty(0).Min(), seeds.Select(seed => seed.Content.Length).DefaultIfEmpty(0).Max(), seeds.Sum(seed => (long)seed.Content.Length)));
        }

        return seeds;
    }

    private IEnumerable<string> SeedFolders() => [.. _settings.Corpus.Skip(1), .. _settings.SeedInputs, .. _target.Seeds is { } own ? (string[])[Beside(own)] : []];

    private EntryMetadata Metadata(int entry)
    {
        EntryRecord record = _memory.Entries[entry];
        return new EntryMetadata
        {
            Parent = record.Parent >= 0 ? _names[record.Parent] : null,
            Mutation = string.Join('-', StatusReader.Mutations(_memory)),
            Found = DateTimeOffset.UtcNow,
            Features = _memory.FeaturesOf(entry).ToArray(),
            Cost = record.Cost,
        };
    }

    private void Tell(string what, int length)
    {
        if (!_isSilent)
        {
            if (_coverage?.Update(_memory) is { } covered)
            {
                _send(covered);
            }

            _send(new NewsMessage(what, StatusReader.Read(_memory), length, StatusReader.Mutations(_memory)));
        }
    }

    // What somebody made is kept as it is; what an earlier campaign found may be replaced by something shorter.
    private sealed record Seed(byte[] Content, bool IsOwn);
}
