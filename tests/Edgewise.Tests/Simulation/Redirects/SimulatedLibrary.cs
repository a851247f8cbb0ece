using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Redirections;
using Edgewise.Runtime.Formats;
using Edgewise.Simulation;
using Edgewise.Simulation.Redirects;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Code that is compiled, redirected as simulated assemblies are, and run in worlds or outside of one.</summary>
internal sealed class SimulatedLibrary
{
    private const string Head = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Security.Cryptography;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using Edgewise.Simulation;

        #pragma warning disable

        """;

    private readonly Type _type;

    /// <summary>Compiles and redirects the members of a class <c>C</c>, which may import namespaces, with other redirected assemblies beside.</summary>
    public SimulatedLibrary(string members, string imports = "", params string[] libraries)
    {
        AssemblyLoadContext context = new("simulated", isCollectible: false);
        foreach (string library in libraries)
        {
            context.LoadFromStream(new MemoryStream(Redirect(File.ReadAllBytes(library)).Image));
        }

        InstrumentationResult result = Redirect(Compilation.Image("Simulated", $"{imports}{Head}public static class C {{ {members} }}"));
        Sites = result.Redirects!;
        _type = context.LoadFromStream(new MemoryStream(result.Image)).GetType("C", throwOnError: true)!;
    }

    /// <summary>What became of the calls.</summary>
    public RedirectedSites Sites { get; }

    /// <summary>Redirects an assembly.</summary>
    public static InstrumentationResult Redirect(byte[] image)
    {
        InstrumentationResult result = Instrumenter.Instrument(
            image, null, "Simulated.dll", new InstrumentationOptions { Features = CoverageFeatures.None, Redirections = SimulatedCalls.Table });
        Assert.Empty(result.LeftOut);
        return result;
    }

    /// <summary>Runs a method in a world.</summary>
    /// <returns>What it returns, or <c>! </c> and what the run was reported for.</returns>
    public string Run(string method, ulong seed = 1) => Run(method, seed, out _);

    /// <summary>The same, and how many draws were made.</summary>
    public string Run(string method, ulong seed, out long draws)
    {
        string result = "";
        RandomSource random = new(seed);
        TimelineEnd end = new SimulationTarget(() => new Simulated(async world => result = await Invoke(method, world)))
            .Run(random, new Journal());
        draws = random.TotalCount;
        return end.Bug is null ? result : $"! {end.Message.Split('\n')[0].Trim()}";
    }

    /// <summary>Runs a method outside of worlds.</summary>
    public Task<string> RunOutside(string method) => Invoke(method, null);

    private Task<string> Invoke(string method, World? world) =>
        (_type.GetMethod("Case" + method) ?? throw new ArgumentException($"no method {method}")).CreateDelegate<Func<World?, Task<string>>>()(world);

    private sealed class Simulated(Func<World, Task> run) : ISimulation
    {
        public Task RunAsync(World world) => run(world);
    }
}
