using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Dictionaries;
using Edgewise.Fuzzing.Execution;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// An input, what its execution compared, and tries to make it compare something else. An input that makes a comparison equal is gone on with, so that
/// several comparisons that only count together are solved one after the other.
/// </summary>
internal sealed unsafe class CompareSession : ICandidates
{
    private const int MostFailures = 16;
    private const int RepairPlaces = 2;
    private const int MostNested = 4;
    private const ulong HashPrime = 0x100000001B3UL;
    private const ulong HashSeed = 0xCBF29CE484222325UL;
    private const int MostAlternatives = 16;
    private const int MostUnited = 6;

    private readonly CampaignMemory _memory;
    private readonly Executor _executor;
    private readonly CompareStage.Consider _consider;
    private readonly int _entry;
    private readonly int _maxLength;
    private readonly Func<bool> _isOver;
    private readonly HashSet<ulong> _tried = [];
    private readonly Dictionary<int, int> _failures = [];
    private readonly Queue<byte[]> _alternatives = [];
    private readonly HashSet<ulong> _adopted = [];
    private readonly HashSet<ulong> _postponed = [];

    private byte[] _baseline = [];
    private byte[] _text = [];
    private Dictionary<int, int> _equal = [];
    private HashSet<int> _sites = [];
    private HashSet<int> _cases = [];
    private int _version;
    private int _budget;
    private bool _isKept;
    private int _alternativeCount;
    private InputChange? _change;
    private int _united;

    public CompareSession(CampaignMemory memory, Executor executor, CompareStage.Consider consider, int entry, int maxLength, int budget, Func<bool> isOver)
    {
        _memory = memory;
        _executor = executor;
        _consider = consider;
        _entry = entry;
        _maxLength = maxLength;
        _budget = budget;
        _isOver = isOver;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Baseline => _baseline;

    /// <inheritdoc/>
    public int MaxLength => _maxLength;

    /// <summary>How many sites the baseline reaches.</summary>
    public int SiteCount => _sites.Count;

    /// <summary>What the baseline compared.</summary>
    public IReadOnlyList<CompareEvent> Events { get; private set; } = [];

    /// <summary>The site that is to become equal.</summary>
    public int Site { get; set; }

    /// <summary>The case of a switch that is to be taken, or -1.</summary>
    public int Case { get; set; } = -1;

    /// <summary>Set when an input was gone on with.</summary>
    public bool HasProgressed { get; set; }

    /// <summary>True once nothing more is to be tried.</summary>
    public bool IsOver => _budget <= 0 || _isOver();

    /// <summary>True where something that was not constant on either side is equal.</summary>
    public bool HasRepairable => _equal.Count > 0;

    /// <summary>The left sequence, or the values of a switch.</summary>
    public ReadOnlySpan<byte> LeftOf(CompareEvent logged) => _text.AsSpan(logged.Start, logged.LeftLength);

    /// <summary>The right sequence.</summary>
    public ReadOnlySpan<byte> RightOf(CompareEvent logged) => _text.AsSpan(logged.Start + logged.LeftLength, logged.RightLength);

    /// <summary>Runs the input that everything starts from.</summary>
    /// <returns>False where it cannot be used.</returns>
    public bool Begin(byte[] input)
    {
        if (Execute(input) >= RunEnd.Crashed)
        {
            return false;
        }

        Adopt(input);
        return true;
    }

    /// <inheritdoc/>
    public bool Try(int start, int removed, ReadOnlySpan<byte> replacement)
    {
        _isKept = false;
        bool isOver = TryPart(start, removed, replacement);
        // What replaces all of an input is no word of it.
        if (_isKept && (start > 0 || removed < replacement.Length || removed < _baseline.Length))
        {
            AutoDictionary.Promote(_memory, replacement);
        }

        return isOver;
    }

    /// <inheritdoc/>
    public bool TryLonger(ReadOnlySpan<byte> filler) => TryPart(_baseline.Length, 0, filler);

    /// <inheritdoc/>
    public bool TryPart(int start, int removed, ReadOnlySpan<byte> replacement)
    {
        int length = _baseline.Length - removed + replacement.Length;
        if (IsOver || length > _maxLength || length == 0 || !_tried.Add(KeyOf(start, removed, replacement)))
        {
            return IsOver;
        }

        byte[] candidate = [.. _baseline.AsSpan(0, start), .. replacement, .. _baseline.AsSpan(start + removed)];
        if (replacement.IsEmpty)
        {
            // An input that was cut off may be worth keeping, but with what it lost other comparisons went.
            Probe(candidate);
            return IsOver;
        }

        _change = new InputChange(start, removed, replacement.ToArray());
        bool isProgress = TryInput(candidate) || TryRepaired(candidate);
        _change = null;
        return isProgress || IsOver;
    }

    /// <summary>Runs an input in which something should have come to what the baseline has, and goes on with it only if all of that is still there.</summary>
    public bool TryUnited(byte[] candidate)
    {
        if (candidate.Length > _maxLength || IsOver)
        {
            return false;
        }

        RunEnd end = Execute(candidate);
        bool isProgress = end < RunEnd.Crashed && KeepsAll() && _sites.IsSubsetOf(CompareLog.SitesReached()) && IsGain() && _adopted.Add(KeyOf(candidate));
        if (isProgress)
        {
            Adopt(candidate);
            HasProgressed = true;
        }

        _isKept |= _consider(candidate.Length, _entry, end);
        return isProgress || TryRepaired(candidate);
    }

    /// <summary>Goes on with an input that was left for one with other sites equal, once there is nothing else to do.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryAlternative() => !IsOver && _alternatives.TryDequeue(out byte[]? input) && (Begin(input) || TryAlternative());

    /// <summary>
    /// Runs an input, and goes on with it if it made the site equal, took the case of a switch or reached more sites, and as many sites have equal sides, and all that were reached are. Where
    /// others were equal before, as one literal after the other is, the input that it was made of is kept for later.
    /// </summary>
    public bool TryInput(byte[] candidate)
    {
        if (candidate.Length > _maxLength)
        {
            return false;
        }

        RunEnd end = Execute(candidate);
        bool isGain = end < RunEnd.Crashed && IsGain();
        bool keepsAll = KeepsAll();
        if (isGain && !keepsAll && _change is { } change && _united < MostUnited)
        {
            // Only one of the two is seen in it; in an input with both parts both are.
            _isKept |= _consider(candidate.Length, _entry, end);
            _change = null;
            if (RecordUnion.TryAll(this, change, candidate))
            {
                return true;
            }

            _united++;
            end = Execute(candidate);
        }

        bool isProgress = isGain && CompareLog.EqualSites() >= _equal.Count && _sites.IsSubsetOf(CompareLog.SitesReached()) && _adopted.Add(KeyOf(candidate));
        if (isProgress)
        {
            Postpone(keepsAll ? null : _baseline);
            Adopt(candidate);
            HasProgressed = true;
        }
        else if (isGain && Case >= 0)
        {
            // Another arm, from which the rest of this one cannot be seen.
            Postpone(candidate);
        }

        _isKept |= _consider(candidate.Length, _entry, end);
        return isProgress;
    }

    /// <summary>Runs an input without going on with it, and tells what it compared.</summary>
    public IReadOnlyList<CompareEvent> Probe(byte[] input)
    {
        RunEnd end = Execute(input);
        IReadOnlyList<CompareEvent> events = end < RunEnd.Crashed ? CompareLog.Snapshot(out _) : [];
        _consider(input.Length, _entry, end);
        return events;
    }

    /// <summary>
    /// Where the input that ran last broke what was equal to something computed of the rest, as a checksum is, makes it equal again and runs that.
    /// </summary>
    public bool TryRepaired(byte[] candidate) => TryRepaired(candidate, MostNested);

    private bool TryRepaired(byte[] candidate, int depth)
    {
        if (Broken() is not { } broken)
        {
            return false;
        }

        _failures[broken.Site] = _failures.GetValueOrDefault(broken.Site) + 1;
        return TryRepaired(candidate, broken, broken.Right, broken.Left, depth) || TryRepaired(candidate, broken, broken.Left, broken.Right, depth);
    }

    private bool TryRepaired(byte[] candidate, CompareEvent broken, ulong observed, ulong wanted, int depth)
    {
        foreach (NumberForm form in NumberForm.Of(broken.Width))
        {
            if (!form.Fits(observed, broken.Width) || !form.Fits(wanted, broken.Width))
            {
                continue;
            }

            byte[] pattern = form.Encode(observed);
            int start = 0;
            for (int place = 0; place < RepairPlaces && !IsOver; place++)
            {
                int found = candidate.AsSpan(start).IndexOf(pattern);
                if (found < 0)
                {
                    break;
                }

                byte[] repaired = [.. candidate];
                form.Encode(wanted).CopyTo(repaired, start + found);
                if (TryInput(repaired))
                {
                    return true;
                }

                if (CompareLog.EqualAt(broken.Site) >= _equal.GetValueOrDefault(broken.Site))
                {
                    // Repaired, even if in vain; something around it may be broken, too, as the lengths of nested parts are.
                    _failures[broken.Site] = 0;
                    return depth > 0 && TryRepaired(repaired, depth - 1);
                }

                start += found + 1;
            }
        }

        return false;
    }

    private CompareEvent? Broken()
    {
        if (!_equal.Any(known => CompareLog.EqualAt(known.Key) < known.Value && _failures.GetValueOrDefault(known.Key) < MostFailures))
        {
            return null;
        }

        foreach (CompareEvent logged in CompareLog.Snapshot(out _))
        {
            if (logged.IsUnequal && !logged.IsConstant && CompareLog.EqualAt(logged.Site) < _equal.GetValueOrDefault(logged.Site)
                && _failures.GetValueOrDefault(logged.Site) < MostFailures)
            {
                return logged;
            }
        }

        return null;
    }

    private void Postpone(byte[]? input)
    {
        if (input is not null && _alternativeCount < MostAlternatives && _postponed.Add(KeyOf(input)))
        {
            _alternativeCount++;
            _alternatives.Enqueue(input);
        }
    }

    private bool KeepsAll() => CompareLog.AreEqual(_equal.Keys) && _cases.IsSubsetOf(CompareLog.CasesTaken());

    private bool IsGain() =>
        (CompareLog.SiteCount > _sites.Count && KeepsAll()) || CompareLog.EqualAt(Site) > _equal.GetValueOrDefault(Site) || (Case >= 0 && CompareLog.IsTaken(Case) && !_cases.Contains(Case));

    // Goes on with an input that has just run.
    private void Adopt(byte[] input)
    {
        _baseline = input;
        _version++;
        Events = CompareLog.Snapshot(out _text);
        _equal = CompareLog.EqualCounts();
        _sites = CompareLog.SitesReached();
        _cases = CompareLog.CasesTaken();
    }

    private RunEnd Execute(byte[] input)
    {
        _budget--;
        input.CopyTo(new Span<byte>(_memory.Input, input.Length));
        CompareLog.Reset();
        return _executor.RunCompares(input.Length);
    }

    private ulong KeyOf(int start, int removed, ReadOnlySpan<byte> replacement) =>
        Hash(Hash(Hash(Hash(HashSeed, (uint)_version), (uint)start), (uint)removed), replacement);

    private static ulong KeyOf(ReadOnlySpan<byte> input) => Hash(HashSeed, input);

    // FNV-1a.
    private static ulong Hash(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            hash = Hash(hash, value);
        }

        return hash;
    }

    private static ulong Hash(ulong hash, uint value) => (hash ^ value) * HashPrime;
}
