namespace Edgewise.Runtime.Sessions;

/// <summary>What the threads of a flow recorded for a session, put behind one another as they stopped. Under the session's lock.</summary>
internal sealed class RemoteMerge
{
    private readonly Family _points = new(1), _edges = new(1), _compares = new(TraceCompare.Words);
    private long _reentrant;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _points.Clear();
        _edges.Clear();
        _compares.Clear();
        _reentrant = 0;
    }

    /// <summary>Appends what a thread recorded.</summary>
    /// <param name="section">What it recorded.</param>
    /// <param name="recording">Which modes are unique: what another thread recorded already is left out.</param>
    /// <param name="words">Words of an area.</param>
    public void Append(in TraceWords section, Recordings recording, int words)
    {
        _points.Append(section.Points, section.PointAccount, (recording & Recordings.UniquePcs) != 0, words);
        _edges.Append(section.Edges, section.EdgeAccount, true, words);
        _compares.Append(section.Compares, section.CompareAccount, (recording & Recordings.UniqueCompares) != 0, words);
        _reentrant += section.Reentrant;
    }

    /// <summary>What the session has: its own where it traces a thread, else that of its flow.</summary>
    public TraceWords Unite(in TraceWords own) => _points.Events + _edges.Events + _compares.Events + _reentrant == 0 ? own : new TraceWords(
        _points.ToWords(), _edges.ToWords(), _compares.ToWords(), _points.Account, _edges.Account, _compares.Account, _reentrant);

    private sealed class Family(int recordWords)
    {
        private readonly HashSet<(ulong, ulong, ulong, ulong)> _known = [];
        private readonly List<ulong> _words = [];
        private long _lost;
        private long _lostUnique;
        private long _highWater;

        public long Events { get; private set; }

        public TraceAccount Account => Events == 0 ? default : new(Events, _words.Count / recordWords, _lost, _lostUnique, _highWater);

        public void Clear()
        {
            _known.Clear();
            _words.Clear();
            Events = _lost = _lostUnique = 0;
        }

        public ulong[] ToWords() => [(ulong)(_words.Count / recordWords), .. _words];

        public void Append(ulong[] section, TraceAccount account, bool isUnique, int words)
        {
            Events += account.Events;
            _lost += account.Lost;
            _lostUnique += account.LostUnique;
            for (int at = 1; at < section.Length; at += recordWords)
            {
                ReadOnlySpan<ulong> record = section.AsSpan(at, recordWords);
                if (isUnique && !_known.Add(recordWords == 1 ? (record[0], 0, 0, 0) : (record[0], record[1], record[2], record[3])))
                {
                    continue;
                }

                if (_words.Count + recordWords < words)
                {
                    _words.AddRange(record);
                }
                else
                {
                    _lost++;
                    _lostUnique += isUnique ? 1 : 0;
                }
            }

            _highWater = Math.Max(_highWater, _words.Count / recordWords);
        }
    }
}
