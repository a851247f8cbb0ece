using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// The callback class of a comparing image: keeps what the target compared during one execution, so that the sides can be looked for in the input.
/// For instrumented code.
/// </summary>
/// <remarks>
/// Of each site the first comparisons are kept, and of those behind them the last ones, and how many had equal sides. Reset before each
/// execution. Threads of a target may overwrite one another's events.
/// </remarks>
public static unsafe class CompareLog
{
    private const int MostEvents = 1 << 14;
    private const int MostText = 1 << 18;
    private const int KeptBytes = 128;
    private const int MostCases = 512;
    private const int FirstEvents = 8;
    private const int CaseSpread = 0x9E37;
    private const int LastEvents = 8;
    private const int MostEqualElements = 2;

    private static readonly CompareEvent[] Events = GC.AllocateArray<CompareEvent>(MostEvents, pinned: true);
    private static readonly byte[] Text = GC.AllocateArray<byte>(MostText, pinned: true);

    // Per site, by the low bits of its number: comparisons, where its ring of last ones begins, comparisons of equal sides.
    private static readonly int[] Compared = new int[CampaignMemory.Sites];
    private static readonly int[] Ring = new int[CampaignMemory.Sites];
    private static readonly int[] Equal = new int[CampaignMemory.Sites];
    private static readonly int[] Touched = new int[CampaignMemory.Sites];

    // Cases of switches that were taken, by the low bits of their sites and numbers.
    private static readonly bool[] Taken = new bool[CampaignMemory.Sites];
    private static readonly int[] TakenCases = new int[CampaignMemory.Sites];

    private static int _takenCount;
    private static int _count;
    private static int _textLength;
    private static int _touchedCount;

    /// <summary>Forgets everything.</summary>
    public static void Reset()
    {
        for (int i = 0; i < _touchedCount; i++)
        {
            Compared[Touched[i]] = 0;
            Equal[Touched[i]] = 0;
        }

        for (int i = 0; i < _takenCount; i++)
        {
            Taken[TakenCases[i]] = false;
        }

        _takenCount = 0;
        _touchedCount = 0;
        _count = 0;
        _textLength = 0;
        CalledPairs.Reset();
    }

    /// <summary>Two values of one byte.</summary>
    public static void TraceCmp1(byte left, byte right, int site) => Numbers(left, right, sizeof(byte), false, site);

    /// <summary>Two values of two bytes.</summary>
    public static void TraceCmp2(ushort left, ushort right, int site) => Numbers(left, right, sizeof(ushort), false, site);

    /// <summary>Two values of four bytes.</summary>
    public static void TraceCmp4(uint left, uint right, int site) => Numbers(left, right, sizeof(uint), false, site);

    /// <summary>Two values of eight bytes.</summary>
    public static void TraceCmp8(ulong left, ulong right, int site) => Numbers(left, right, sizeof(ulong), false, site);

    /// <summary>A constant and a value of one byte.</summary>
    public static void TraceConstCmp1(byte constant, byte value, int site) => Numbers(constant, value, sizeof(byte), true, site);

    /// <summary>A constant and a value of two bytes.</summary>
    public static void TraceConstCmp2(ushort constant, ushort value, int site) => Numbers(constant, value, sizeof(ushort), true, site);

    /// <summary>A constant and a value of four bytes.</summary>
    public static void TraceConstCmp4(uint constant, uint value, int site) => Numbers(constant, value, sizeof(uint), true, site);

    /// <summary>A constant and a value of eight bytes.</summary>
    public static void TraceConstCmp8(ulong constant, ulong value, int site) => Numbers(constant, value, sizeof(ulong), true, site);

    /// <summary>A divisor of four bytes, which should be zero.</summary>
    public static void TraceDiv4(uint divisor, int site) => Numbers(0, divisor, sizeof(uint), true, site);

    /// <summary>A divisor of eight bytes, which should be zero.</summary>
    public static void TraceDiv8(ulong divisor, int site) => Numbers(0, divisor, sizeof(ulong), true, site);

    /// <summary>A call whose callee is found at run time.</summary>
    public static void TracePcIndir(nuint callee, int site) => CalledPairs.Add(callee, site);

    /// <summary>The value of a switch and its cases.</summary>
    public static void TraceSwitch(ulong value, ulong* cases, int site)
    {
        const int Head = 2, BitsPerByte = 8;
        int count = (int)Math.Min(cases[0], MostCases);
        int length = count * sizeof(ulong);
        int taken = new ReadOnlySpan<ulong>(cases + Head, count).IndexOf(value);
        if (taken >= 0)
        {
            NoteTaken(CaseOf(site, taken));
        }

        if (_textLength + length > MostText || NextSlot(site) is not (>= 0 and int slot))
        {
            return;
        }

        new ReadOnlySpan<byte>(cases + Head, length).CopyTo(Text.AsSpan(_textLength));
        Events[slot] = new CompareEvent(Index(site), CompareKind.Switch, (byte)(cases[1] / BitsPerByte), false, value, 0, _textLength, length, 0);
        _textLength += length;
    }

    /// <summary>Two sequences of bytes.</summary>
    public static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site) =>
        Sequences(new(left, Math.Min(leftLength, KeptBytes)), leftLength, new(right, Math.Min(rightLength, KeptBytes)), rightLength, CompareKind.Bytes, site);

    /// <summary>Two sequences of characters.</summary>
    public static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site) => Sequences(
        new(left, Math.Min(leftLength, KeptBytes / sizeof(char)) * sizeof(char)), leftLength,
        new(right, Math.Min(rightLength, KeptBytes / sizeof(char)) * sizeof(char)), rightLength, CompareKind.Chars, site);

    /// <summary>The events of the execution, in the order in which sites came first, and a copy of their text.</summary>
    internal static CompareEvent[] Snapshot(out byte[] text)
    {
        int count = Math.Min(_count, MostEvents);
        text = Text.AsSpan(0, Math.Min(_textLength, MostText)).ToArray();
        // Places of rings that were not filled have no width and no text.
        return [.. Events.AsSpan(0, count).ToArray().Where(logged => !logged.IsEmpty)];
    }

    /// <summary>How many comparisons at a site had equal sides.</summary>
    internal static int EqualAt(int site) => Equal[Index(site)];

    /// <summary>How many sites had any comparison of equal sides.</summary>
    internal static int EqualSites()
    {
        int count = 0;
        for (int i = 0; i < _touchedCount; i++)
        {
            count += Equal[Touched[i]] != 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether all of some sites have had comparisons of equal sides.</summary>
    internal static bool AreEqual(IEnumerable<int> sites)
    {
        foreach (int site in sites)
        {
            if (Equal[Index(site)] == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For each site that had comparisons of equal sides, their number.</summary>
    internal static Dictionary<int, int> EqualCounts()
    {
        var counts = new Dictionary<int, int>();
        for (int i = 0; i < _touchedCount; i++)
        {
            if (Equal[Touched[i]] != 0)
            {
                counts[Touched[i]] = Equal[Touched[i]];
            }
        }

        return counts;
    }

    /// <summary>How many sites compared anything.</summary>
    internal static int SiteCount => _touchedCount;

    /// <summary>All sites that compared anything.</summary>
    internal static HashSet<int> SitesReached() => [.. Touched.AsSpan(0, _touchedCount)];

    /// <summary>A number for one case of a switch.</summary>
    internal static int CaseOf(int site, int number) => Index(site ^ ((number + 1) * CaseSpread));

    /// <summary>Whether a case was taken.</summary>
    internal static bool IsTaken(int caseNumber) => Taken[caseNumber];

    /// <summary>All cases that were taken.</summary>
    internal static HashSet<int> CasesTaken() => [.. TakenCases.AsSpan(0, _takenCount)];

    private static void NoteTaken(int caseNumber)
    {
        if (!Taken[caseNumber] && _takenCount < TakenCases.Length)
        {
            Taken[caseNumber] = true;
            TakenCases[_takenCount++] = caseNumber;
        }
    }

    private static int Index(int site) => site & (CampaignMemory.Sites - 1);

    private static void Numbers(ulong left, ulong right, byte width, bool isConstant, int site)
    {
        if (left == right)
        {
            NoteEqual(site);
        }

        // Equal sides too: a neighbour may be on the other side of a branch.
        if (NextSlot(site) is >= 0 and int slot)
        {
            Events[slot] = new CompareEvent(Index(site), CompareKind.Numbers, width, isConstant, left, right, 0, 0, 0);
        }
    }

    private static void Sequences(ReadOnlySpan<byte> left, int leftLength, ReadOnlySpan<byte> right, int rightLength, CompareKind kind, int site)
    {
        // Whether ends, beginnings or wholes are compared is not said: a prefix is as good as equal.
        if (rightLength > 0 && left.StartsWith(right) && leftLength >= rightLength)
        {
            // A text may have one more separator for ever.
            int element = kind == CompareKind.Chars ? sizeof(char) : 1;
            if (right.Length > element || Equal[Index(site)] < MostEqualElements)
            {
                NoteEqual(site);
            }

            if (leftLength == rightLength)
            {
                return;
            }
        }

        if (_textLength + left.Length + right.Length <= MostText && NextSlot(site) is >= 0 and int slot)
        {
            Events[slot] = new CompareEvent(Index(site), kind, 0, false, (ulong)leftLength, (ulong)rightLength, _textLength, left.Length, right.Length);
            left.CopyTo(Text.AsSpan(_textLength));
            right.CopyTo(Text.AsSpan(_textLength + left.Length));
            _textLength += left.Length + right.Length;
        }
    }

    private static void NoteEqual(int site)
    {
        int index = Index(site);
        if (Equal[index]++ == 0 && Compared[index] == 0)
        {
            Touch(index);
        }
    }

    // Where the next comparison of a site is kept; -1 where there is no room.
    private static int NextSlot(int site)
    {
        int index = Index(site);
        int before = Compared[index]++;
        if (before == 0 && Equal[index] == 0)
        {
            Touch(index);
        }

        if (before < FirstEvents)
        {
            return _count < MostEvents ? _count++ : -1;
        }

        if (before == FirstEvents)
        {
            // The ring is taken at once, so that its places lie together.
            Ring[index] = _count + LastEvents <= MostEvents ? _count : -1;
            _count += Ring[index] >= 0 ? LastEvents : 0;
            if (Ring[index] >= 0)
            {
                Events.AsSpan(Ring[index], LastEvents).Clear();
            }
        }

        return Ring[index] < 0 ? -1 : Ring[index] + ((before - FirstEvents) % LastEvents);
    }

    private static void Touch(int index)
    {
        if (_touchedCount < Touched.Length)
        {
            Touched[_touchedCount++] = index;
        }
    }
}
