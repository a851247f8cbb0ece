using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-div</c>: divisors of integer divisions and remainders, before they divide.</summary>
/// <param name="values">Where operands go.</param>
/// <remarks>
/// As in LLVM: 4 or 8 bytes, the width of the division; constant divisors are not traced. LLVM leaves remainders out; here they count, since a
/// divisor of zero ends in the same exception.
/// </remarks>
internal sealed class TraceDivPass(ValueTracer values) : SitePass
{
    public override string Feature => "trace-div";

    public override SiteKinds Wanted => SiteKinds.Divisions;

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        if (site.Reason != SkipReason.None)
        {
            return SiteOutcome.Unknown;
        }

        if (!site.Type.IsInteger())
        {
            return SiteOutcome.NotTraced;
        }

        if (operands[1].IsConstant)
        {
            return SiteOutcome.Redundant;
        }

        bool isWide = site.Type.Kind() != StackKind.I4;
        values.TraceTop(
            site, operands[1], SiteKind.Division, isWide ? sizeof(ulong) : sizeof(uint),
            isWide ? CallbackMethods.TraceDiv8 : CallbackMethods.TraceDiv4, context);
        return SiteOutcome.Traced;
    }
}
