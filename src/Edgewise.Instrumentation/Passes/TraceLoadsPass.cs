using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-loads</c>: addresses of 1, 2, 4, 8 or 16 bytes that are loaded from, before they are.</summary>
/// <param name="accesses">Where addresses go.</param>
internal sealed class TraceLoadsPass(AccessTracer accesses) : SitePass
{
    public override string Feature => "trace-loads";

    public override SiteKinds Wanted => SiteKinds.IndirectLoads | SiteKinds.FieldLoads | SiteKinds.StaticFieldLoads | SiteKinds.Elements;

    public override void Prepare(MetadataReader reader) => accesses.Prepare(reader);

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context) =>
        site.Kind == SiteKinds.Elements && !MemoryAccess.IsElementLoad(code[site.Offset])
            ? SiteOutcome.Ignored
            : accesses.Trace(code, site, operands, isStore: false, context);
}
