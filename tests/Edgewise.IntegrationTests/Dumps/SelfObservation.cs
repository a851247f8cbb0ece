using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>The program <c>SelfObserver</c>, instrumented, for the tests of a class.</summary>
public sealed class SelfObservation : IDisposable
{
    internal HookedCopy Copy { get; } = new(TestPrograms.SelfObserver);

    /// <inheritdoc/>
    public void Dispose() => Copy.Dispose();
}
