using Edgewise.IntegrationTests.Run;
using Edgewise.Simulation.Loading;

namespace Edgewise.IntegrationTests.Simulation;

/// <summary>The examples, loaded as <c>edgewise sim</c> loads them.</summary>
internal static class Examples
{
    public static string Path => TestPrograms.Simulations;

    public static SimulationAssembly Load() => SimulationAssembly.Load(Path, isCollectible: true);
}
