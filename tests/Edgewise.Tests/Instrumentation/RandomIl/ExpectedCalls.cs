using System.Globalization;
using System.Reflection;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;
using Edgewise.Tests.Instrumentation.Interpreter;
using Edgewise.Tests.Instrumentation.TraceCmp;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Watches an interpreter, and notes the callbacks that instrumented code must make at what it runs, with its values.</summary>
/// <param name="module">The module that runs.</param>
internal sealed class ExpectedCalls(RandomModule module) : IInstructionObserver
{
    /// <summary>The calls so far; the site of each is its number in <see cref="RandomModule.Places"/>.</summary>
    public List<TracedCall> Calls { get; } = [];

    /// <inheritdoc/>
    public void Before(MethodBase method, Instruction instruction, EvaluationStack stack)
    {
        (int, int) place = (method.MetadataToken, instruction.Offset);
        if (!module.Sites.TryGetValue(place, out ExpectedSite? site))
        {
            return;
        }

        int number = module.Places.BinarySearch(place);
        object? value = stack.Peek(site.ValueAt);
        Calls.Add(site.Kind switch
        {
            SiteKind.Switch => new TracedCall("Switch", Narrow(unchecked(Number(value) + site.Base), site.Width), 0, $"{site.Width * 8}: {CasesOf(site)}", number),
            SiteKind.Division => new TracedCall($"Div{site.Width}", Bits(value, site.Width), 0, "", number),
            SiteKind.Index => new TracedCall("Gep", unchecked((ulong)Number(value)), 0, "", number),
            SiteKind.ConstantCompare => new TracedCall($"ConstCmp{site.Width}", Canonical(site.Constant, site), Canonical(Bits(value, site.Width), site), "", number),
            _ => new TracedCall($"Cmp{site.Width}", Canonical(Bits(value, site.Width), site), Canonical(Bits(stack.Peek(0), site.Width), site), "", number),
        });
    }

    /// <summary>The bits of a value; all that are not a number are one, for which of them arithmetic leaves is up to the processor.</summary>
    public static ulong Canonical(ulong bits, ExpectedSite site) => !site.IsFloat ? bits
        : site.Width == sizeof(float) ? (float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) ? BitConverter.SingleToUInt32Bits(float.NaN) : bits)
        : double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? BitConverter.DoubleToUInt64Bits(double.NaN) : bits;

    private static string CasesOf(ExpectedSite site) => string.Join(' ', site.Cases.Select(one => one.ToString("x", CultureInfo.InvariantCulture)));

    private static ulong Bits(object? value, int width) => value switch
    {
        float single when width == sizeof(double) => BitConverter.DoubleToUInt64Bits(single),
        float single => BitConverter.SingleToUInt32Bits(single),
        double number => BitConverter.DoubleToUInt64Bits(number),
        _ => Narrow(Number(value), width),
    };

    private static long Number(object? value) => value is int n ? n : value is nint m ? m : (long)value!;

    private static ulong Narrow(long value, int width) => unchecked(width == sizeof(ulong) ? (ulong)value : (ulong)value & ((1UL << (width * 8)) - 1));
}
