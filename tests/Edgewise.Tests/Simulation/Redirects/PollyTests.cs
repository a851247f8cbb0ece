using Edgewise.Instrumentation;

namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>An unmodified library full of <c>ConfigureAwait(false)</c>, timers and jitter runs in a world.</summary>
public sealed class PollyTests
{
    private const string Pipelines = """
        static string At(World world) => " at " + world.Elapsed.TotalMilliseconds;

        public static async Task<string> CaseRetry(World world)
        {
            var pipeline = new Polly.ResiliencePipelineBuilder().AddRetry(new Polly.Retry.RetryStrategyOptions
            {
                MaxRetryAttempts = 3, Delay = TimeSpan.FromSeconds(1), BackoffType = Polly.DelayBackoffType.Exponential,
            }).Build();
            string seen = "";
            string result = await pipeline.ExecuteAsync(async token =>
            {
                await Task.Delay(10, token).ConfigureAwait(false);
                seen += At(world);
                return seen.Length < 25 ? throw new InvalidOperationException() : "done";
            });
            return result + seen;
        }

        public static async Task<string> CaseJitter(World world)
        {
            var pipeline = new Polly.ResiliencePipelineBuilder().AddRetry(new Polly.Retry.RetryStrategyOptions
            {
                MaxRetryAttempts = 5, Delay = TimeSpan.FromSeconds(1), BackoffType = Polly.DelayBackoffType.Exponential, UseJitter = true,
            }).Build();
            int attempts = 0;
            await pipeline.ExecuteAsync(token => ++attempts < 5 ? throw new InvalidOperationException() : default);
            return attempts + At(world);
        }

        public static async Task<string> CaseTimeout(World world)
        {
            var pipeline = new Polly.ResiliencePipelineBuilder()
                .AddRetry(new Polly.Retry.RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(3) })
                .AddTimeout(TimeSpan.FromSeconds(5)).Build();
            try
            {
                await pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false));
                return "";
            }
            catch (Polly.Timeout.TimeoutRejectedException)
            {
                return "timeout" + At(world);
            }
        }

        public static async Task<string> CaseHedging(World world)
        {
            int calls = 0;
            var pipeline = new Polly.ResiliencePipelineBuilder<int>().AddHedging(new Polly.Hedging.HedgingStrategyOptions<int>
            {
                MaxHedgedAttempts = 3, Delay = TimeSpan.FromSeconds(2),
                ActionGenerator = arguments => async () => { int call = ++calls; await Task.Delay(call == 2 ? 500 : 60_000, arguments.ActionContext.CancellationToken).ConfigureAwait(false); return Polly.Outcome.FromResult(call); },
            }).Build();
            int result = await pipeline.ExecuteAsync(async token => { await Task.Delay(60_000, token).ConfigureAwait(false); return 100; });
            return result + " of " + calls + At(world);
        }

        public static async Task<string> CaseBreaker(World world)
        {
            var pipeline = new Polly.ResiliencePipelineBuilder().AddCircuitBreaker(new Polly.CircuitBreaker.CircuitBreakerStrategyOptions
            {
                FailureRatio = 1, MinimumThroughput = 2, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(30),
            }).Build();
            string seen = "";
            for (int i = 0; i < 5; i++)
            {
                try { await pipeline.ExecuteAsync(async token => { await Task.Yield(); if (i < 3) throw new InvalidOperationException(); }); seen += "+"; }
                catch (Polly.CircuitBreaker.BrokenCircuitException) { seen += "o"; await Task.Delay(TimeSpan.FromSeconds(16)); }
                catch (InvalidOperationException) { seen += "-"; }
            }
            return seen + At(world);
        }
        """;

    private static readonly string Polly = Path.Combine(AppContext.BaseDirectory, "Polly.Core.dll");
    private static readonly Lazy<SimulatedLibrary> Library = new(() => new SimulatedLibrary(Pipelines, "using Polly;\n", Polly));

    [Theory]
    [InlineData("Retry", "done at 10 at 1020 at 3030 at 7040")]
    [InlineData("Timeout", "timeout at 21000")]
    [InlineData("Hedging", "2 of 2 at 4500")]
    [InlineData("Breaker", "--oo+ at 32000")]
    public void Pipelines_take_simulated_time_and_end_the_same_way_for_every_seed(string pipeline, string expected)
    {
        string[] results = [.. Enumerable.Range(1, 20).Select(seed => Library.Value.Run(pipeline, (ulong)seed))];

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void Jitter_is_drawn_from_the_seed()
    {
        string[] results = [.. Enumerable.Range(1, 20).Select(seed => Library.Value.Run("Jitter", (ulong)seed))];

        Assert.Equal(results, Enumerable.Range(1, 20).Select(seed => Library.Value.Run("Jitter", (ulong)seed)));
        Assert.Equal(20, results.Distinct().Count());
        Assert.All(results, result => Assert.StartsWith("5 at ", result, StringComparison.Ordinal));
    }

    [Fact]
    public void The_library_loses_no_call_to_the_pass()
    {
        InstrumentationResult result = SimulatedLibrary.Redirect(File.ReadAllBytes(Polly));

        Assert.Empty(result.Redirects!.LeftAlone);
        Assert.True(result.Redirects.Redirected.Values.Sum() > 50);
        Assert.Contains(result.Redirects.Redirected.Keys, member => member.StartsWith("System.Threading.Tasks.ValueTask`1::ConfigureAwait(", StringComparison.Ordinal));
        Assert.Equal(0, result.Points.PointCount);
    }
}
