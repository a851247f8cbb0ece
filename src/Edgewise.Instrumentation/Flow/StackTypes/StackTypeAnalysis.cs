using System.Reflection.Metadata;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Types of the operands of a body's instructions, found by running it forward over types in place of values (ECMA-335 III.1.8).</summary>
internal sealed class StackTypeAnalysis
{
    private readonly StackSite[] _sites = new StackSite[64];
    private readonly StackValue[] _operands = new StackValue[256];
    private int _siteCount;

    /// <summary>Prepares the analysis of a module's bodies.</summary>
    /// <param name="reader">Metadata of the original module; must stay alive as long as this.</param>
    /// <param name="wanted">Instructions whose operands are asked for.</param>
    public StackTypeAnalysis(MetadataReader reader, SiteKinds wanted)
    {
        _ = reader;
        Wanted = wanted;
    }

    /// <summary>Instructions whose operands are asked for.</summary>
    public SiteKinds Wanted { get; }

    /// <summary>The sites of the last body by offset; valid until the next call of <see cref="Analyse"/>.</summary>
    public ReadOnlySpan<StackSite> Sites => _sites.AsSpan(0, _siteCount);

    /// <summary>A site's operands, the topmost last.</summary>
    public ReadOnlySpan<StackValue> Operands(in StackSite site) => _operands.AsSpan(site.FirstOperand, site.OperandCount);

    /// <summary>Finds the operands of a body's sites.</summary>
    /// <param name="code">The body's IL.</param>
    /// <param name="body">Its decoded marks and clauses.</param>
    /// <param name="graph">Its blocks; how edges are split does not matter.</param>
    /// <param name="methodToken">Its MethodDef token, of which the arguments' types come.</param>
    /// <returns>False if the body has no such site.</returns>
    public bool Analyse(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int methodToken)
    {
        _siteCount = 0;
        return false;
    }
}
