using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>trace-loads</c>, <c>trace-stores</c> and <c>trace-gep</c> in IL that no C# compiler writes.</summary>
public sealed class HandAssembledAccessTests
{
    private const CoverageFeatures Accesses = CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores;

    private static readonly byte[] Image = HandAssembledAccess.Image();

    // One load context for all: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = new(Image, "HandAccess", Accesses, typeof(FlowRecorder));
    private static readonly FlowModule Indexed = new(Image, "HandAccess", Accesses | CoverageFeatures.TraceGep, typeof(FlowRecorder));

    [Theory]
    [InlineData("Prefixed", 7, "Store4 0; Load4 7")]
    [InlineData("PrefixedStatic", 7, "Store8 0; Load8 7; Store8 7")]
    [InlineData("Unaligned", 7, "Store4 0; Load4 7")]
    [InlineData("Objects", 7, "Load16 0; Store16 0; Load4 7; Store4 7")]
    [InlineData("NarrowingStore", 7, "Store4 7; Load4 14")]
    [InlineData("ElementsByToken", 7, "Store4 0; Load4 7; Store8 0; Load8 0")]
    [InlineData("NativeIndex", 2, "Store1 0; Load1 -1")]
    [InlineData("NativeIndex", 3, "")]
    [InlineData("NullField", 7, "")]
    [InlineData("ValueBelow", 7, "Store4 0; Load4 7")]
    [InlineData("InAHandler", 7, "Load8 0")]
    public void Every_form_of_access_tells_its_address_before_its_prefixes(string method, int argument, string expected)
    {
        Assert.Equal(expected, Recorded.Trace(method, argument));
    }

    [Theory]
    [InlineData("NativeIndex", 2, "Gep 2; Store1 0; Gep 2; Load1 -1")]
    [InlineData("NativeIndex", 3, "Gep 3")]
    [InlineData("InAHandler", 7, "Gep 7; Load8 0")]
    public void Indices_come_before_the_addresses_that_they_lead_to(string method, int argument, string expected)
    {
        Assert.Equal(expected, Indexed.Trace(method, argument));
    }
}
