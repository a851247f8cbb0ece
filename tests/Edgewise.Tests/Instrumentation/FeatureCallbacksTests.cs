using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation;

/// <summary>Which callbacks belong to which feature.</summary>
public sealed class FeatureCallbacksTests
{
    [Fact]
    public void Every_callback_but_Init_is_called_by_a_feature()
    {
        CallbackMethods declared = CallbackSignature.All.Aggregate(CallbackMethods.None, (all, callback) => all | callback.Method);
        CoverageFeatures everything = Enum.GetValues<CoverageFeatures>().Aggregate((all, feature) => all | feature);

        Assert.Equal(declared & ~CallbackMethods.Init, FeatureCallbacks.Of(everything));
    }
}
