using System.Runtime.InteropServices;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Dictionaries;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>Goes through what an entry's execution compares, and tries inputs in which the sides are equal: at once for each new entry, and again, with more effort, when nothing was found for long.</summary>
internal sealed unsafe class CompareStage
{
    /// <summary>Keeps a candidate that is worth it.</summary>
    /// <param name="length">Bytes of the input, which has just run in the comparing image.</param>
    /// <param name="entry">The entry that it was made of.</param>
    /// <param name="end">How it ended.</param>
    public delegate bool Consider(int length, int entry, RunEnd end);

    private const int ExecutionsPerEntry = 2048;
    private const long FirstPatience = 8192;
    private const int PatiencePerEntry = 128;
    private const int MostDoublings = 20;
    private const int PicksPerEntry = 32;
    private const int LongestInput = 1 << 16;
    private const int RepairedMutants = 256;
    private const int MostLonger = 16;
    private const int FirstAttempts = 6;
    private const int FirstSweeps = 1;
    private const int MostAttemptDoublings = 5;

    private readonly CampaignMemory _memory;
    private readonly Executor _executor;
    private readonly Mutations _mutations;
    private readonly Consider _consider;
    private readonly int _maxLength;

    public CompareStage(CampaignMemory memory, Executor executor, Mutations mutations, Consider consider, int maxLength)
    {
        _memory = memory;
        _executor = executor;
        _mutations = mutations;
        _consider = consider;
        _maxLength = maxLength;
    }

    /// <summary>Does the stage of one entry, if one is due.</summary>
    public bool TryStep(Func<bool> isOver)
    {
        CampaignHeader* header = _memory.Header;
        header->Picks++;
        if (header->FirstUncompared < header->EntryCount)
        {
            // Counted before: where the target ends the process, the next one goes on with the next entry.
            Run(header->FirstUncompared++, true, isOver);
            return true;
        }

        if (header->NextComparedEntry >= header->FirstUncompared)
        {
            // Other counts and shorter inputs come for ever. A round takes as many steps as there are entries.
            long quiet = header->Executions - Math.Max(header->LastNewPoint, header->LastRound);
            if (quiet < Math.Max(FirstPatience, (long)header->EntryCount * PatiencePerEntry) << Math.Min(header->CompareRound, MostDoublings))
            {
                return false;
            }

            header->LastRound = header->Executions;
            header->CompareRound++;
            header->NextComparedEntry = 0;
        }

        if (header->Picks % PicksPerEntry != 0)
        {
            return false;
        }

        Run(header->NextComparedEntry++, false, isOver);
        return true;
    }

    private void Run(int entry, bool isFirst, Func<bool> isOver)
    {
        byte[] input = _memory.DataOf(entry).ToArray();
        if (input.Length > Math.Min(LongestInput, _maxLength))
        {
            return;
        }

        var session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, ExecutionsPerEntry, isOver);
        if (!session.Begin(input))
        {
            return;
        }

        CalledPairs.Remember(_memory, CalledPairs.FindNew(_memory));
        Note(session);
        SolveAll(session);
        if (!isFirst)
        {
            session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, ExecutionsPerEntry * 2, isOver);
            if (session.Begin(input))
            {
                var search = new DependencySearch(session);
                search.Run();
                MutateRepaired(session);
                Sweep(entry, input, search.Unmoved, isOver);
            }

            SolveLonger(entry, input, isOver);
            SearchCalls(entry, input, isOver);
        }
    }

    // Sites that appear only once an earlier one is solved come last. One that was tried in vain with enough entries is left alone for this round.
    private void SolveAll(CompareSession session)
    {
        int patience = FirstAttempts << Math.Min(_memory.Header->CompareRound, MostAttemptDoublings);
        SolveSites(session, patience, true);
        while (session.TryAlternative())
        {
            SolveSites(session, patience, false);
        }
    }

    private void SolveSites(CompareSession session, int patience, bool areCounted)
    {
        var done = new HashSet<int>();
        var paused = new HashSet<int>();
        while (!session.IsOver)
        {
            if (session.Events.FirstOrDefault(logged => !done.Contains(logged.Site)) is not { IsEmpty: false } next)
            {
                if (paused.Count == 0)
                {
                    return;
                }

                done.ExceptWith(paused);
                paused.Clear();
                continue;
            }

            done.Add(next.Site);
            byte* attempts = _memory.Attempts + next.Site;
            if (*attempts < patience)
            {
                *attempts += areCounted ? (byte)1 : (byte)0;
                if (Substitution.Solve(session, next.Site, out bool isPaused) && areCounted)
                {
                    --*(_memory.Attempts + next.Site);
                }

                if (isPaused)
                {
                    paused.Add(next.Site);
                }
            }
        }
    }

    // Where values overlap in an input, or there is no room for them, one with more bytes somewhere may have what it takes.
    private void SolveLonger(int entry, byte[] input, Func<bool> isOver)
    {
        FuzzRandom random = _memory.Random;
        byte[] more = new byte[1 + random.Below(MostLonger)];
        int place = random.Below(input.Length + 1);
        for (int i = 0; i < more.Length; i++)
        {
            more[i] = random.Byte();
        }

        byte[] longer = [.. input.AsSpan(0, place), .. more, .. input.AsSpan(place)];
        var session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, ExecutionsPerEntry, isOver);
        if (longer.Length <= _maxLength && session.Begin(longer))
        {
            SolveAll(session);
        }
    }

    // Each site a few times a round only: it takes thousands of executions.
    private void Sweep(int entry, byte[] input, IReadOnlySet<int> sites, Func<bool> isOver)
    {
        int most = FirstSweeps << Math.Min(_memory.Header->CompareRound, MostAttemptDoublings);
        if (input.Length >= _maxLength || sites.All(site => _memory.Sweeps[site] >= most))
        {
            return;
        }

        var session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, ValueSweep.MostExecutions + 1, isOver);
        if (!session.Begin(input))
        {
            return;
        }

        foreach (int site in sites)
        {
            _memory.Sweeps[site]++;
        }

        foreach (byte[] found in ValueSweep.Find(session, sites, _memory.Random))
        {
            session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, ExecutionsPerEntry, isOver);
            if (session.Begin(found))
            {
                new DependencySearch(session).Run();
                SolveAll(session);
            }
        }
    }

    private void SearchCalls(int entry, byte[] input, Func<bool> isOver)
    {
        var session = new CompareSession(_memory, _executor, _consider, entry, _maxLength, CallSearch.MostExecutions + 1, isOver);
        if (session.Begin(input))
        {
            CallSearch.Run(session, _memory.Header->CompareRound);
        }
    }

    // Mutants that keep what has to be equal equal.
    private void MutateRepaired(CompareSession session)
    {
        byte[] input = session.Baseline.ToArray();
        session.Site = -1;
        for (int i = 0; i < RepairedMutants && !session.IsOver && session.HasRepairable; i++)
        {
            byte[] room = new byte[_maxLength];
            input.CopyTo(room, 0);
            var mutant = new MutatedInput(room, input.Length, Math.Min(_maxLength, Math.Max(input.Length, _memory.Header->LengthLimit)));
            _mutations.Apply(ref mutant);
            byte[] candidate = mutant.Bytes.ToArray();
            session.TryInput(candidate);
            session.TryRepaired(candidate);
        }
    }

    // What was compared becomes words for mutators, too.
    private void Note(CompareSession session)
    {
        Span<byte> observed = stackalloc byte[sizeof(ulong)], wanted = stackalloc byte[sizeof(ulong)];
        foreach (CompareEvent logged in session.Events)
        {
            switch (logged.Kind)
            {
                case CompareKind.Numbers when logged.Width > 1 && logged.IsUnequal:
                    MemoryMarshal.Write(observed, logged.Right);
                    MemoryMarshal.Write(wanted, logged.Left);
                    NotePair(observed[..logged.Width], wanted[..logged.Width]);
                    break;
                case CompareKind.Bytes:
                    NotePair(session.LeftOf(logged), session.RightOf(logged));
                    break;
                case CompareKind.Chars:
                    NotePair(SequenceSubstitution.Narrow(session.LeftOf(logged)), SequenceSubstitution.Narrow(session.RightOf(logged)));
                    break;
                default:
                    break;
            }
        }
    }

    private void NotePair(ReadOnlySpan<byte> observed, ReadOnlySpan<byte> wanted)
    {
        CampaignHeader* header = _memory.Header;
        int known = Math.Min(header->PairCount, ComparedPair.Most);
        for (int i = 0; i < known; i++)
        {
            ComparedPair* pair = _memory.Pairs + i;
            if (ComparedPair.ObservedOf(pair).SequenceEqual(observed) && ComparedPair.WantedOf(pair).SequenceEqual(wanted))
            {
                return;
            }
        }

        (_memory.Pairs + (header->PairCount++ % ComparedPair.Most))->Set(observed, wanted);
    }
}
