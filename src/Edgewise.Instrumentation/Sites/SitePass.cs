using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Sites;

/// <summary>What one feature does at instructions with operands: looks at a site, and may put IL in front of it.</summary>
internal abstract class SitePass
{
    /// <summary>Name of the feature, as clang has it.</summary>
    public abstract string Feature { get; }

    /// <summary>Instructions that it wants to see.</summary>
    public abstract SiteKinds Wanted { get; }

    /// <summary>True if <c>gated</c> turns its callbacks on and off.</summary>
    public virtual bool IsGated => true;

    /// <summary>Makes ready for a module.</summary>
    public virtual void Prepare(MetadataReader reader)
    {
    }

    /// <summary>Looks at a body as a whole, whether or not it has sites.</summary>
    public virtual void Enter(ReadOnlySpan<byte> code, SiteContext context)
    {
    }

    /// <summary>Makes ready for another body; its sites come next, by ascending offset.</summary>
    public virtual void Begin(ReadOnlySpan<byte> code, SiteContext context)
    {
    }

    /// <summary>Looks at a site of one of the kinds in <see cref="Wanted"/>.</summary>
    /// <param name="code">IL of the body.</param>
    /// <param name="site">The site; its type may be unknown.</param>
    /// <param name="operands">Its operands, the topmost last.</param>
    /// <param name="context">What to insert with.</param>
    /// <returns>What became of it.</returns>
    public abstract SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context);
}
