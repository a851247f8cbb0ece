using System.Text.Json;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Simulation;

/// <summary>A call of <c>edgewise sim</c> in a process of its own.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record SimRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The first simulation of the JSON.</summary>
    public JsonElement First => Json.GetProperty("simulations")[0];

    /// <summary>Calls it with the examples.</summary>
    public static SimRun Of(params string[] args)
    {
        using ChildProcess process = ChildProcess.Start([TestPrograms.Edgewise, "sim", .. args], null, ("NO_COLOR", "1"));
        int exitCode = process.WaitForEnd();
        return new SimRun(exitCode, process.Output, process.Error);
    }

    /// <summary>Runs one of the simulations that misbehave, briefly, and takes the JSON.</summary>
    public static SimRun OfBad(string name, params string[] args) =>
        Of(["run", name, "--assembly", TestPrograms.BadSimulations, "--iterations", "1", "--runs", "3", "--json", "-", .. args]);
}
