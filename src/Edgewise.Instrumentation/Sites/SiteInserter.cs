using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Lets the passes of a module look at the sites of each body.</summary>
internal sealed class SiteInserter
{
    private readonly IReadOnlyList<SitePass> _passes;
    private readonly StackTypeAnalysis _analysis;
    private readonly SiteStatistics _statistics;

    /// <summary>Prepares the analysis that the passes need.</summary>
    /// <param name="passes">The passes, in the order in which their IL stands at one instruction.</param>
    /// <param name="reader">Metadata of the original module.</param>
    /// <param name="referenced">Tells of enumerations of other assemblies, or null.</param>
    /// <param name="statistics">Counts what became of the sites.</param>
    public SiteInserter(IReadOnlyList<SitePass> passes, MetadataReader reader, ReferencedTypes? referenced, SiteStatistics statistics)
    {
        _passes = passes;
        _statistics = statistics;
        SiteKinds wanted = SiteKinds.None;
        foreach (SitePass pass in passes)
        {
            wanted |= pass.Wanted;
            pass.Prepare(reader);
        }

        _analysis = new StackTypeAnalysis(reader, wanted, referenced);
        Metadata = reader;
        Referenced = referenced;
    }

    /// <summary>Metadata of the original module.</summary>
    public MetadataReader Metadata { get; }

    /// <summary>Tells of types of other assemblies, or null.</summary>
    public ReferencedTypes? Referenced { get; }

    /// <summary>Full types of operands.</summary>
    public TypeTable Types => _analysis.Types;

    /// <summary>Types behind tokens.</summary>
    public MemberTypes Members => _analysis.Members;

    /// <summary>True where the module has a gate in front of callbacks.</summary>
    public bool IsGated { get; init; }

    /// <summary>The body was instrumented: its sites count.</summary>
    public void Keep() => _statistics.Keep();

    /// <summary>Collects what the passes insert into a body.</summary>
    /// <returns>False if the body has no instruction that a pass looks at.</returns>
    public bool Insert(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, SiteContext context)
    {
        _statistics.Begin();
        foreach (SitePass pass in _passes)
        {
            context.IsGated = IsGated && pass.IsGated;
            pass.Enter(code, context);
        }

        if (!_analysis.Analyse(code, body, graph, context.MethodToken))
        {
            return false;
        }

        foreach (SitePass pass in _passes)
        {
            context.IsGated = IsGated && pass.IsGated;
            pass.Begin(code, context);
            foreach (ref readonly StackSite site in _analysis.Sites)
            {
                if ((site.Kind & pass.Wanted) != 0 && !context.IsRedirected(site.Offset))
                {
                    _statistics.Count(pass, site, pass.Visit(code, site, _analysis.Operands(site), context));
                }
            }
        }

        return true;
    }
}
