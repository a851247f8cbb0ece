using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-stores</c>: addresses of 1, 2, 4, 8 or 16 bytes that are stored to, before they are.</summary>
/// <param name="accesses">Where addresses go.</param>
internal sealed class TraceStoresPass(AccessTracer accesses) : SitePass
{
    public override string Feature => "trace-stores";

    public override SiteKinds Wanted => SiteKinds.IndirectStores | SiteKinds.FieldStores | SiteKinds.StaticFieldStores | SiteKinds.Elements;

    public override void Prepare(MetadataReader reader) => accesses.Prepare(reader);

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context) =>
        site.Kind == SiteKinds.Elements && !MemoryAccess.IsElementStore(code[site.Offset])
            ? SiteOutcome.Ignored
            : accesses.Trace(code, site, operands, isStore: true, context);
}
