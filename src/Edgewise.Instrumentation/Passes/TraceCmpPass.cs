using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-cmp</c>: the operands of comparisons, of tests for zero and of switches, before they are compared.</summary>
/// <param name="values">Where operands go.</param>
/// <param name="hashes">Finds comparisons of hashes, which are none of the source's.</param>
/// <remarks>
/// As in LLVM: the width is that of the values compared; where one side is a constant it comes first; where both are, nothing is traced. Floating
/// point is traced as bits. Truth values, objects and pointers are not: IL compares them as numbers, sources do not.
/// </remarks>
internal sealed class TraceCmpPass(ValueTracer values, HashSwitches hashes) : SitePass
{
    private readonly SwitchChains _chains = new();
    private readonly RangeCheckedSwitches _rangeChecks = new();

    public override string Feature => "trace-cmp";

    public override SiteKinds Wanted => SiteKinds.Comparisons | SiteKinds.Tests | SiteKinds.Switches;

    public override void Begin(ReadOnlySpan<byte> code, SiteContext context)
    {
        _chains.Find(code, context.Body, context.Graph);
        _rangeChecks.Find(code, context.Body, context.Graph);
        hashes.Find(code, context.Body, context.Graph);
    }

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        if (site.Reason != SkipReason.None)
        {
            return SiteOutcome.Unknown;
        }

        if (hashes.ComparesHash(site.Offset) || hashes.Computes(context.MethodToken))
        {
            return SiteOutcome.Redundant;
        }

        if (!ValueTracer.CanTrace(site.Type) || IsPointer(operands, context.Types))
        {
            return SiteOutcome.NotTraced;
        }

        if (_rangeChecks.TryGet(site.Offset, out RangeCheck? check))
        {
            if (operands[0].IsConstant)
            {
                return SiteOutcome.Redundant;
            }

            values.TraceSwitch(site, operands, check.First, Following(check.First, check.Count), context);
            return SiteOutcome.Traced;
        }

        if (_chains.TryGet(site.Offset, out SwitchChain? chain))
        {
            if (chain.Head == site.Offset)
            {
                values.TraceSwitch(site, operands, 0, chain.Cases, context);
            }

            return chain.Head == site.Offset ? SiteOutcome.Traced : SiteOutcome.Redundant;
        }

        switch (site.Kind)
        {
            case SiteKinds.Switches:
                return TraceSwitch(code, site, operands, context);
            case SiteKinds.Tests when operands[0].IsConstant:
                return SiteOutcome.Redundant;
            case SiteKinds.Tests:
                values.TraceConstant(site, operands, 0, new StackValue(site.Type, SkipReason.None, true, 0, -1, 0), context);
                return SiteOutcome.Traced;
            default:
                return TraceComparison(site, operands, context);
        }
    }

    // Null checks of unmanaged pointers and function pointers.
    private static bool IsPointer(ReadOnlySpan<StackValue> operands, TypeTable types)
    {
        foreach (ref readonly StackValue operand in operands)
        {
            if (operand.TypeIndex != 0 && types.Code(operand.TypeIndex) is ElementCode.Pointer or ElementCode.FunctionPointer)
            {
                return true;
            }
        }

        return false;
    }

    private SiteOutcome TraceComparison(in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        bool left = operands[0].IsConstant, right = operands[1].IsConstant;
        if (left && right)
        {
            return SiteOutcome.Redundant;
        }

        if (left)
        {
            values.TraceConstant(site, operands, 1, operands[0], context);
        }
        else if (right)
        {
            values.TraceConstant(site, operands, 0, operands[1], context);
        }
        else
        {
            values.TracePair(site, operands, context);
        }

        return SiteOutcome.Traced;
    }

    private SiteOutcome TraceSwitch(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        if (operands[0].IsConstant || _rangeChecks.IsChecked(site.Offset))
        {
            return SiteOutcome.Redundant;
        }

        long first = SwitchBase.Of(code, context.Body, operands[0].Producer);
        values.TraceSwitch(site, operands, first, Following(first, BitConverter.ToInt32(code[(site.Offset + 1)..])), context);
        return SiteOutcome.Traced;
    }

    private static long[] Following(long first, int count)
    {
        long[] cases = new long[count];
        for (int i = 0; i < count; i++)
        {
            cases[i] = unchecked(first + i);
        }

        return cases;
    }
}
