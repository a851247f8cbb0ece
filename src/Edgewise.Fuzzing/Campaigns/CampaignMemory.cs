using Edgewise.Fuzzing.Dictionaries;
using Edgewise.Fuzzing.Randomness;
using Edgewise.Supervision.Memory;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>
/// All that a campaign knows, in shared memory: a process that dies in the target leaves it whole for the next one, and the input that killed it stands there.
/// </summary>
/// <remarks>No pointers are stored in it, so it may be mapped anywhere and copied as it is. It grows into a new file: places are asked for anew then.</remarks>
internal sealed unsafe class CampaignMemory : IDisposable
{
    /// <summary>Sites of comparisons that are told apart; others share their numbers.</summary>
    public const int Sites = 1 << 16;

    private const ulong Magic = 0x325F_5A46_4547_4445;
    private const string FileName = "edgewise-fuzz";

    private SharedFile _file;
    private CampaignLayout _layout;

    private CampaignMemory(SharedFile file)
    {
        _file = file;
        _layout = new CampaignLayout(Header->Sizes);
    }

    /// <summary>Called with the path of the new file when the memory has grown, before the old one goes. Who hears it removes the name.</summary>
    public Action<string>? Moved { get; set; }

    /// <summary>Path of the file.</summary>
    public string Path => _file.Path;

    public CampaignHeader* Header => (CampaignHeader*)_file.Start;

    public FuzzRandom Random => new(&Header->Random);

    /// <summary>Room for the input; the input in flight stands at its front.</summary>
    public byte* Input => _file.Start + _layout.Input;

    /// <summary>The same bytes where they cannot be written to: a target that changes its input is noticed, and what is kept is what ran.</summary>
    public byte* InputOfTarget => _file.ReadOnlyStart + _layout.Input;

    /// <summary>What was ever seen, a mask of classes a point; 255 for a point that is masked.</summary>
    public byte* History => _file.Start + _layout.History;

    /// <summary>Which of it is not rare; what is not in here is worth a look.</summary>
    public byte* Abundant => _file.Start + _layout.Abundant;

    /// <summary>1 for each feature beyond those of points that was seen, 2 for those that are not rare any more.</summary>
    public byte* ExtraSeen => _file.Start + _layout.ExtraSeen;

    /// <summary>How often each feature was seen while it was rare.</summary>
    public ushort* Frequencies => (ushort*)(_file.Start + _layout.Frequencies);

    public Word* Words => (Word*)(_file.Start + _layout.Words);

    public ComparedPair* Pairs => (ComparedPair*)(_file.Start + _layout.Pairs);

    /// <summary>How often the compare stage tried each site in vain.</summary>
    public byte* Attempts => _file.Start + _layout.Attempts;

    /// <summary>How often all values of all bytes were tried to change what each site compares.</summary>
    public byte* Sweeps => _file.Start + _layout.Sweeps;

    public EntryRecord* Entries => (EntryRecord*)(_file.Start + _layout.Entries);

    /// <summary>All bytes of the memory.</summary>
    public ReadOnlySpan<byte> Bytes => new(_file.Start, checked((int)_layout.Size));

    /// <summary>Makes the memory of a new campaign.</summary>
    public static CampaignMemory Create(CampaignSizes sizes, ulong seed)
    {
        SharedFile file = SharedFile.Create(FileName, new CampaignLayout(sizes).Size);
        var header = (CampaignHeader*)file.Start;
        header->Magic = Magic;
        header->Sizes = sizes;
        header->Random = seed;
        header->BaseEntry = -1;
        return new CampaignMemory(file);
    }

    /// <summary>Maps the memory that another process made.</summary>
    /// <exception cref="Supervision.SupervisionException">It is not there, or no memory of a campaign.</exception>
    public static CampaignMemory Open(string path)
    {
        SharedFile file = SharedFile.Open(path);
        var header = (CampaignHeader*)file.Start;
        if (file.Size < sizeof(CampaignHeader) || header->Magic != Magic || new CampaignLayout(header->Sizes).Size > file.Size)
        {
            file.Dispose();
            throw new Supervision.SupervisionException($"{path}: expected the memory of a campaign");
        }

        return new CampaignMemory(file);
    }

    /// <summary>Makes the memory of a campaign that was saved.</summary>
    /// <param name="saved">What <see cref="Bytes"/> was.</param>
    /// <returns>Null where that is no memory of a campaign.</returns>
    public static CampaignMemory? Restore(ReadOnlySpan<byte> saved)
    {
        if (saved.Length < sizeof(CampaignHeader))
        {
            return null;
        }

        CampaignHeader header = System.Runtime.InteropServices.MemoryMarshal.Read<CampaignHeader>(saved);
        if (header.Magic != Magic || !header.Sizes.AreSound || new CampaignLayout(header.Sizes).Size != saved.Length || header.EntryCount < 0 || header.EntryCount > header.Sizes.Entries)
        {
            return null;
        }

        SharedFile file = SharedFile.Create(FileName, saved.Length);
        saved.CopyTo(new Span<byte>(file.Start, saved.Length));
        var memory = new CampaignMemory(file);
        // Files of older versions do not have the sums.
        memory.Header->EntryBytes = memory.SumOfLengths();
        memory.Header->LongestEntry = memory.LongestLength();
        return memory;
    }

    /// <summary>The bytes of an entry.</summary>
    public ReadOnlySpan<byte> DataOf(int entry) => new(_file.Start + _layout.Heap + Entries[entry].DataOffset, Entries[entry].Length);

    /// <summary>The features that were new with an entry, ascending.</summary>
    public ReadOnlySpan<uint> FeaturesOf(int entry) => new(_file.Start + _layout.Heap + Entries[entry].FeatureOffset, Entries[entry].FeatureCount);

    /// <summary>Adds an entry; may move the memory.</summary>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<byte> data, ReadOnlySpan<uint> features)
    {
        byte[] kept = data.ToArray();
        Reserve(1, kept.Length + (features.Length * sizeof(uint)) + sizeof(ulong));
        int number = Header->EntryCount;
        EntryRecord* entry = Entries + number;
        *entry = default;
        entry->Parent = -1;
        SetFeatures(entry, features);
        SetData(number, kept);
        Header->EntryCount = number + 1;
        return number;
    }

    /// <summary>Gives an entry other bytes; may move the memory.</summary>
    public void Replace(int number, ReadOnlySpan<byte> data)
    {
        byte[] kept = data.ToArray();
        Reserve(0, kept.Length);
        SetData(number, kept);
    }

    /// <summary>Makes the memory fit another number of points; what is known of the first ones stays.</summary>
    public void Resize(int points) => Move(Header->Sizes with { Points = points });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Leaves it to another process to remove the file's name.</summary>
    public void LeaveName() => _file.LeaveName();

    /// <summary>Removes the file's name where others reach it without one.</summary>
    /// <returns>A path for other processes, good while this one lives.</returns>
    public string ShareUnnamed() => _file.ShareUnnamed();

    /// <summary>Removes the file's name: for a process that took it over from another.</summary>
    public void Unlink() => _file.Unlink();

    private void SetData(int number, byte[] data)
    {
        EntryRecord* entry = Entries + number;
        // In its place where it fits, so that entries that are made shorter again and again do not fill the heap.
        if (entry->DataOffset == 0 || data.Length > entry->Length)
        {
            entry->DataOffset = Header->HeapUsed;
            Header->HeapUsed += data.Length;
        }

        data.CopyTo(new Span<byte>(_file.Start + _layout.Heap + entry->DataOffset, data.Length));
        int before = entry->Length;
        entry->Length = data.Length;
        Header->EntryBytes += data.Length - before;
        Header->LongestEntry = before == Header->LongestEntry && data.Length < before ? LongestLength() : Math.Max(Header->LongestEntry, data.Length);
    }

    private long SumOfLengths()
    {
        long sum = 0;
        for (int i = 0; i < Header->EntryCount; i++)
        {
            sum += Entries[i].Length;
        }

        return sum;
    }

    private int LongestLength()
    {
        int longest = 0;
        for (int i = 0; i < Header->EntryCount; i++)
        {
            longest = Math.Max(longest, Entries[i].Length);
        }

        return longest;
    }

    private void SetFeatures(EntryRecord* entry, ReadOnlySpan<uint> features)
    {
        Header->HeapUsed = (Header->HeapUsed + sizeof(uint) - 1) / sizeof(uint) * sizeof(uint);
        entry->FeatureOffset = Header->HeapUsed;
        entry->FeatureCount = features.Length;
        features.CopyTo(new Span<uint>(_file.Start + _layout.Heap + entry->FeatureOffset, features.Length));
        Header->HeapUsed += (long)features.Length * sizeof(uint);
        // No entry's data stands at 0, which says that it has none yet.
        Header->HeapUsed = Math.Max(Header->HeapUsed, sizeof(uint));
    }

    private void Reserve(int entries, long bytes)
    {
        CampaignSizes sizes = Header->Sizes;
        int wantedEntries = Header->EntryCount + entries > sizes.Entries ? sizes.Entries * 2 : sizes.Entries;
        long wantedHeap = sizes.Heap;
        while (Header->HeapUsed + bytes > wantedHeap)
        {
            wantedHeap *= 2;
        }

        if (wantedEntries != sizes.Entries || wantedHeap != sizes.Heap)
        {
            Move(sizes with { Entries = wantedEntries, Heap = wantedHeap });
        }
    }

    private void Move(CampaignSizes sizes)
    {
        CampaignSizes before = Header->Sizes;
        SharedFile file = SharedFile.Create(FileName, new CampaignLayout(sizes).Size);
        var header = (CampaignHeader*)file.Start;
        *header = *Header;
        header->Sizes = sizes;
        var target = new CampaignMemory(file);
        Copy(Input, target.Input, Math.Min(before.InputRoom, sizes.InputRoom));
        Copy(History, target.History, Math.Min(before.Points, sizes.Points));
        Copy(Abundant, target.Abundant, Math.Min(before.Points, sizes.Points));
        Copy(ExtraSeen, target.ExtraSeen, Math.Min(before.ExtraFeatures, sizes.ExtraFeatures));
        Copy(Frequencies, target.Frequencies, (long)Math.Min(before.Features, sizes.Features) * sizeof(ushort));
        Copy(Words, target.Words, (long)Word.Most * sizeof(Word));
        Copy(Pairs, target.Pairs, (long)ComparedPair.Most * sizeof(ComparedPair));
        Copy(Attempts, target.Attempts, Sites);
        Copy(Sweeps, target.Sweeps, Sites);
        Copy(Entries, target.Entries, (long)before.Entries * sizeof(EntryRecord));
        Copy(_file.Start + _layout.Heap, file.Start + target._layout.Heap, header->HeapUsed);

        if (Moved is not null)
        {
            file.LeaveName();
            Moved(file.Path);
        }

        SharedFile old = _file;
        _file = file;
        _layout = target._layout;
        old.Unlink();
        old.Dispose();
    }

    private static void Copy(void* from, void* to, long bytes) => Buffer.MemoryCopy(from, to, bytes, bytes);
}
