using System.Reflection.Metadata;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Types of the operands of a body's instructions, found by running it forward over types in place of values (ECMA-335 III.1.8).</summary>
/// <remarks>
/// One instance serves all bodies of a module in turn, and allocates only where a body is larger than those before. A block is run whenever the
/// stack at its entry changed; stacks that meet are merged value by value in the lattice of <see cref="StackType"/>, in which values only go up,
/// so that this ends. Blocks are taken by their offsets, with the real edges: nothing is assumed of the stack behind an unconditional branch.
/// A handler begins with the exception, or nothing (<c>finally</c>, <c>fault</c>), on the stack.
/// Not thread-safe.
/// </remarks>
internal sealed class StackTypeAnalysis
{
    private readonly SiteList _sites;
    private readonly BlockEntries _entries = new();
    private readonly StackInterpreter _interpreter;

    /// <summary>Prepares the analysis of a module's bodies.</summary>
    /// <param name="reader">Metadata of the original module; must stay alive as long as this.</param>
    /// <param name="wanted">Instructions whose operands are asked for.</param>
    /// <param name="referenced">Tells of types of other assemblies; null: those stay unresolved, but for the primitive ones.</param>
    public StackTypeAnalysis(MetadataReader reader, SiteKinds wanted, ReferencedTypes? referenced = null)
    {
        Members = new MemberTypes(reader, Types, new NamedTypes(reader, Types, referenced));
        _sites = new SiteList(wanted);
        _interpreter = new StackInterpreter(Types, Members, _sites, wanted);
    }

    /// <summary>The types that <see cref="StackValue.TypeIndex"/> refers to.</summary>
    public TypeTable Types { get; } = new();

    /// <summary>What the tokens of the module's instructions stand for, as indexes of <see cref="Types"/>.</summary>
    public MemberTypes Members { get; }

    /// <summary>The sites of the last body by offset; valid until the next call of <see cref="Analyse"/>.</summary>
    public ReadOnlySpan<StackSite> Sites => _sites.All;

    /// <summary>A site's operands, the topmost last.</summary>
    public ReadOnlySpan<StackValue> Operands(in StackSite site) => _sites.Operands(site);

    /// <summary>Finds the operands of a body's sites.</summary>
    /// <param name="code">The body's IL.</param>
    /// <param name="body">Its decoded marks and clauses.</param>
    /// <param name="graph">Its blocks; how edges are split does not matter.</param>
    /// <param name="methodToken">Its MethodDef token, of which the arguments' types come.</param>
    /// <returns>False if the body has no such site. Where it is malformed, all sites say so.</returns>
    public bool Analyse(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int methodToken)
    {
        _sites.Find(code, body, graph);
        if (_sites.Count == 0)
        {
            return false;
        }

        try
        {
            _interpreter.Begin(body, methodToken);
            _entries.Begin(graph.BlockCount);
            EnterHandlers(body, graph);
            _entries.Arrive(0, []);
            while (_entries.TryTake(out int block))
            {
                _interpreter.Run(code, graph.Start[block], graph.Start[block + 1], _entries.Of(block), _sites.FirstOf(block));
                for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
                {
                    _entries.Arrive(graph.EdgeTarget[edge], _interpreter.Stack);
                }
            }
        }
        catch (Exception exception) when (exception is BodyException or BadImageFormatException)
        {
            _sites.Forget(SkipReason.Malformed);
        }

        return true;
    }

    private void EnterHandlers(MethodBody body, BlockGraph graph)
    {
        foreach (ExceptionClause clause in body.Clauses)
        {
            if (clause.HasFilter)
            {
                Enter(graph, clause.TokenOrFilter, ElementCode.Object);
            }

            bool caught = clause.Kind is not ExceptionClause.Finally and not ExceptionClause.Fault;
            Enter(graph, clause.HandlerStart, !caught ? 0 : clause.HasFilter ? ElementCode.Object : Members.OfType(clause.TokenOrFilter));
        }
    }

    private void Enter(BlockGraph graph, int offset, int exception)
    {
        int block = graph.BlockAt(offset);
        if (!graph.Reachable[block])
        {
            return;
        }

        if (exception == 0)
        {
            _entries.Arrive(block, []);
            return;
        }

        StackValue value = Types.ValueOf(exception);
        _entries.Arrive(block, [value.Type == StackType.Object ? value : Types.ValueOf(ElementCode.Object)]);
    }
}
