using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;
using Edgewise.Instrumentation.Pdb;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>The body pipeline of one module: decode, build the graph, choose points, lay out, write. One instance serves all bodies in turn.</summary>
internal sealed class MethodInstrumenter
{
    private const int LargestAlwaysInlined = 16;
    private const int LargestInlined = 64;
    private const int RuntimeAsync = 0x2000;

    private readonly InstrumentationOptions _options;
    private readonly MethodBody _body = new();
    private readonly BlockGraph _graph = new();
    private readonly PointSelection _selection = new();
    private readonly PcAssignment _pcs = new();
    private readonly BodyInsertions _insertions = new();
    private readonly LocalSignatures _locals;
    private readonly SiteInserter? _sites;
    private readonly SiteSet _siteSet;
    private readonly SiteContext? _context;
    private readonly BodyLayout _layout;
    private readonly BodyWriter _writer;
    private readonly PointSetBuilder _points;
    private readonly OffsetMap _moves;
    private readonly ByteBuffer _output;
    private readonly ControlFlowTable? _controlFlow;
    private readonly BodyFrame _frame = new();
    private readonly EntryExitPass? _entryExit;
    private readonly MetadataReader? _metadata;
    private readonly RedirectPass? _redirects;
    private readonly MethodThread? _thread;
    private readonly bool _pointsTakeThread;
    private int[] _pointOfNode = new int[64];

    /// <summary>Makes the pipeline.</summary>
    /// <param name="options">What to insert.</param>
    /// <param name="probe">What stands at a point.</param>
    /// <param name="sites">Lets passes look at sites; null: there are none.</param>
    /// <param name="siteSet">Gets the sites.</param>
    /// <param name="holder">The module's holder.</param>
    /// <param name="locals">Gets added local variables.</param>
    /// <param name="points">Gets the points.</param>
    /// <param name="moves">Gets the moved offsets.</param>
    /// <param name="output">Gets the bodies.</param>
    /// <param name="controlFlow">Gets blocks, successors and callees; null: nobody asks for them.</param>
    /// <param name="entryExit">Traces entries and exits; null: nobody asks for them.</param>
    /// <param name="metadata">Metadata of the original module, for <paramref name="entryExit"/>.</param>
    /// <param name="redirects">Redirects calls; null: nobody asks for that.</param>
    /// <param name="thread">What methods keep of their thread; null: nothing.</param>
    /// <param name="pointsTakeThread">True if each point is handed it.</param>
    public MethodInstrumenter(
        InstrumentationOptions options, PointProbe probe, SiteInserter? sites, SiteSet siteSet, HolderRows holder, LocalSignatures locals,
        PointSetBuilder points, OffsetMap moves, ByteBuffer output, ControlFlowTable? controlFlow,
        EntryExitPass? entryExit, MetadataReader? metadata, RedirectPass? redirects, MethodThread? thread = null, bool pointsTakeThread = false)
    {
        _thread = thread;
        _pointsTakeThread = pointsTakeThread;
        _redirects = redirects;
        _controlFlow = controlFlow;
        _entryExit = entryExit;
        _metadata = metadata;
        _locals = locals;
        _sites = sites;
        _siteSet = siteSet;
        _context = sites is null ? null : new SiteContext(_body, _graph, _insertions, locals, siteSet, holder, sites, redirects);
        _options = options;
        _points = points;
        _moves = moves;
        _output = output;
        _layout = new BodyLayout(_body, _graph, probe, _insertions, _frame);
        _writer = new BodyWriter(_body, _graph, probe, _insertions, _frame, _layout);
    }

    /// <summary>The body that was read last.</summary>
    public MethodBody Body => _body;

    /// <summary>True if the body that was instrumented last has instructions that passes look at, so that what was inserted depends on its method's signature.</summary>
    public bool HasSites { get; private set; }

    /// <summary>True if the body that was instrumented last should be marked for inlining, since its probes would make it too large otherwise.</summary>
    /// <remarks>
    /// CoreCLR always inlines bodies of at most 16 IL bytes unless they only throw; larger ones, up to 100 bytes, where it finds that worth
    /// while (its ExtendedDefaultPolicy). Which of those it took depends on each call and cannot be known here: up to 64 bytes most of them, but
    /// seldom one that throws. docs/benchmarks.md has what the limit is worth. <c>StackTrace.ToString</c> passes over methods that are marked:
    /// unless the user prefers speed, only bodies are marked from which no exception comes.
    /// </remarks>
    public bool WasInlined(ReadOnlySpan<byte> image) =>
        _body.Clauses.Count == 0
        && _body.CodeSize <= LargestInlined
        && (_options.KeepInlined ? _body.CodeSize <= LargestAlwaysInlined ? !OnlyThrows(image) : !_body.Throws : !_body.LetsExceptionsOut);

    /// <summary>Decodes a body without changing it.</summary>
    /// <exception cref="BodyException">It is malformed.</exception>
    public void Read(ReadOnlySpan<byte> image, int position) => BodyReader.Read(image, position, _body);

    /// <summary>Instruments the body that was read last.</summary>
    /// <param name="image">The original file.</param>
    /// <param name="row">MethodDef row.</param>
    /// <param name="rva">RVA of the body's header.</param>
    /// <param name="implFlags">The method's implementation flags.</param>
    /// <param name="firstRow">Row of a method that has this body too and was instrumented before, so that its points are this one's; else 0.</param>
    /// <returns>Position of the new body in the output.</returns>
    /// <exception cref="BodyException">It cannot be handled; nothing was written.</exception>
    public int Instrument(ReadOnlySpan<byte> image, int row, int rva, uint implFlags, int firstRow)
    {
        ReadOnlySpan<byte> code = image.Slice(_body.CodeStart, _body.CodeSize);
        int token = 0x06000000 | row;
        int codeRva = rva + _body.CodeStart - _body.HeaderStart;
        _graph.Build(code, _body, _options.Level == InstrumentationLevel.Edge);
        if (_pointOfNode.Length < _graph.NodeCount)
        {
            _pointOfNode = new int[Math.Max(_graph.NodeCount, _pointOfNode.Length * 2)];
        }

        _layout.Points = _pointOfNode;
        if (firstRow != 0)
        {
            _points.Share(0x06000000 | firstRow, _graph, _pointOfNode);
        }
        else if (_options.Level == InstrumentationLevel.Func)
        {
            Array.Fill(_pointOfNode, -1, 0, _graph.NodeCount);
            _pointOfNode[0] = _points.AddEntry(token, codeRva, _body.CodeSize);
        }
        else
        {
            _selection.Select(_graph, _options.Pruning, _options.PruneEntry);
            _pcs.Assign(_graph, code);
            _points.Add(token, codeRva, _body.CodeSize, _graph, _selection, _pcs, _pointOfNode);
        }

        HasSites = _entryExit is not null;
        int sites = _siteSet.Count;
        try
        {
            ReadOnlySpan<byte> written = Insert(code, row, codeRva, implFlags);
            int position = _writer.Write(written, _output, _moves, row, _locals.Token());
            _sites?.Keep();
            if (firstRow == 0)
            {
                _controlFlow?.Add(code, _body, _graph, _options.Level == InstrumentationLevel.Func ? null : _pcs.Offsets, codeRva);
            }

            return position;
        }
        catch (BodyException)
        {
            _siteSet.Forget(sites);
            if (firstRow == 0)
            {
                _points.Remove(token);
            }

            throw;
        }
    }

    /// <summary>Copies the body that was read last as it is, but for calls that are redirected.</summary>
    /// <param name="image">The original file.</param>
    /// <param name="row">MethodDef row.</param>
    /// <returns>Position of the copy in the output.</returns>
    /// <exception cref="BodyException">It cannot be handled; nothing was written.</exception>
    public int Copy(ReadOnlySpan<byte> image, int row)
    {
        ReadOnlySpan<byte> code = image.Slice(_body.CodeStart, _body.CodeSize);
        _insertions.Clear();
        if (_redirects is not null && _redirects.Apply(code, _body, _insertions, out ReadOnlySpan<byte> written))
        {
            return WriteWithoutPoints(code, written, row);
        }

        if (!_body.IsTiny)
        {
            _output.Align(4);
        }

        int position = _output.Position;
        _output.WriteBytes(image.Slice(_body.HeaderStart, _body.TotalSize));
        return position;
    }

    private int WriteWithoutPoints(ReadOnlySpan<byte> code, ReadOnlySpan<byte> written, int row)
    {
        _graph.Build(code, _body, splitCriticalEdges: false);
        _pointOfNode = _pointOfNode.Length < _graph.NodeCount ? new int[_graph.NodeCount * 2] : _pointOfNode;
        Array.Fill(_pointOfNode, -1, 0, _graph.NodeCount);
        _layout.Points = _pointOfNode;
        _layout.WantedHints = 0;
        _frame.Clear();
        _insertions.Sort();
        return _writer.Write(written, _output, _moves, row, _body.LocalsToken);
    }

    // Gives the code as it is to be written: with calls that are redirected.
    private ReadOnlySpan<byte> Insert(ReadOnlySpan<byte> code, int row, int codeRva, uint implFlags)
    {
        _insertions.Clear();
        _locals.Begin(_body.LocalsToken);
        ReadOnlySpan<byte> written = code;
        _redirects?.Apply(code, _body, _insertions, out written);
        _frame.Clear();
        _thread?.Begin((implFlags & RuntimeAsync) != 0 ? null : _locals);
        if (_sites is not null && _context is not null)
        {
            _context.Enter(0x06000000 | row, codeRva);
            HasSites |= _sites.Insert(code, _body, _graph, _context);
        }

        if (_pointsTakeThread && _pointOfNode.AsSpan(0, _graph.NodeCount).IndexOfAnyExcept(-1) >= 0)
        {
            _thread?.Need();
        }

        _thread?.Fetch(_frame.Prologue);
        if (_entryExit is not null && _metadata is not null)
        {
            _entryExit.Apply(code, _body, _metadata, row, implFlags, _pointOfNode[0], _frame, _insertions, _locals);
        }

        _layout.WantedHints = WantedHints();
        _insertions.Sort();
        return written;
    }

    // A body with handlers is not inlined; one that is marked needs no hint.
    private int WantedHints() => _body.Clauses.Count > 0 || _frame.HasRegion || (!_options.KeepInlined && _body.CodeSize <= LargestInlined && !_body.LetsExceptionsOut)
        ? 0
        : InliningHint.Wanted(_body.CodeSize, _graph.NodeCount - _pointOfNode.AsSpan(0, _graph.NodeCount).Count(-1), _options.KeepInlined);

    private bool OnlyThrows(ReadOnlySpan<byte> image) =>
        _body.Terminators.Count == 1 && image[_body.CodeStart + _body.CodeSize - 1] == Opcode.Throw;
}
