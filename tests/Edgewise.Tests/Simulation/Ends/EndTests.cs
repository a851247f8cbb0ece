using Edgewise.Annotations;
using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Edgewise.Tests.Simulation.Ends;

public sealed class EndTests
{
    [Fact]
    public void An_exception_is_known_by_its_type_and_the_methods_it_came_through()
    {
        TimelineEnd end = Scenario.Run(async _ =>
        {
            await Task.Yield();
            await FailAsync();
        });

        Assert.Equal(BugKind.Exception, end.Bug);
        Assert.StartsWith(
            "System.FormatException in Edgewise.Tests.Simulation.Ends.EndTests.FailAsync < Edgewise.Tests.Simulation.Ends.EndTests.An_exception_is_known_by",
            end.Signature,
            StringComparison.Ordinal);
        Assert.DoesNotContain("line", end.Signature, StringComparison.Ordinal);
        Assert.Contains("not a number", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_async_void_ends_the_run()
    {
        TimelineEnd end = Scenario.Run(async world =>
        {
            Fire();
            await world.Delay(Scenario.Milliseconds(1000));

            static async void Fire()
            {
                await Task.Yield();
                throw new NotSupportedException();
            }
        });

        Assert.StartsWith("System.NotSupportedException in ", end.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_a_timer_ends_the_run()
    {
        TimelineEnd end = Scenario.Run(async world =>
        {
            await using ITimer timer = world.Time.CreateTimer(_ => throw new NotSupportedException(), null, Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
            await world.Delay(Scenario.Milliseconds(1000));
        });

        Assert.StartsWith("System.NotSupportedException in ", end.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constructor_that_throws_is_a_bug_of_the_simulation()
    {
        var target = new SimulationTarget(() => throw new InvalidOperationException("no database"));

        TimelineEnd end = target.Run(new RandomSource(1), new Journal());

        Assert.Equal(BugKind.Exception, end.Bug);
        Assert.Contains("no database", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_simulation_is_a_bug()
    {
        TimelineEnd end = Scenario.Run(_ => Task.FromCanceled(new CancellationToken(canceled: true)));

        Assert.StartsWith("System.Threading.Tasks.TaskCanceledException", end.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadlock_says_who_waits_for_what()
    {
        TimelineEnd end = Scenario.Run(async world =>
        {
            world.StartProcess("server", async server => await server.ReceiveAsync());
            await WaitForNobodyAsync();
        });

        Assert.Equal(BugKind.Deadlock, end.Bug);
        Assert.Contains("EndTests.A_deadlock_says_who_waits_for_what > Edgewise.Tests.Simulation.Ends.EndTests.WaitForNobodyAsync > SemaphoreSlim", end.Signature, StringComparison.Ordinal);
        Assert.Contains("process 'server' waits in", end.Message, StringComparison.Ordinal);
        Assert.Contains("> a message", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadlock_of_several_says_how_they_are_combined()
    {
        TimelineEnd all = Scenario.Run(async world => await Task.WhenAll(world.Delay(Scenario.Milliseconds(1)), WaitForNobodyAsync()));
        TimelineEnd any = Scenario.Run(async _ => await Task.WhenAny([WaitForNobodyAsync(), WaitForNobodyAsync(), WaitForNobodyAsync()]));

        Assert.EndsWith("> Task.WhenAll", all.Signature, StringComparison.Ordinal);
        // Who waits for any of several knows them.
        Assert.EndsWith("EndTests.WaitForNobodyAsync > SemaphoreSlim", any.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulated_time_has_a_budget()
    {
        TimelineEnd end = Scenario.Run(
            async world =>
            {
                while (true)
                {
                    await world.Delay(TimeSpan.FromMinutes(1));
                }
            },
            options: new WorldOptions { VirtualTimeBudget = TimeSpan.FromMinutes(10) });

        Assert.Equal((BugKind.VirtualTimeBudget, "virtual time budget"), (end.Bug, end.Signature));
        Assert.Contains("00:10:00", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_without_time_passing_has_a_budget_of_steps()
    {
        TimelineEnd end = Scenario.Run(
            async _ =>
            {
                while (true)
                {
                    await Task.Yield();
                }
            },
            options: new WorldOptions { StepBudget = 1000 });

        Assert.Equal((BugKind.VirtualTimeBudget, "step budget"), (end.Bug, end.Signature));
    }

    [Fact]
    public void A_violated_property_is_the_end_whatever_follows_from_it()
    {
        TimelineEnd end = Scenario.Run(async _ =>
        {
            Property.Always(false, "the sum is kept", ("sum", 3));
            await Task.Yield();
            throw new InvalidOperationException("the sum is wrong");
        });

        Assert.Equal(BugKind.PropertyViolated, end.Bug);
        Assert.Contains("the sum is kept", end.Signature, StringComparison.Ordinal);
    }

    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new FormatException("not a number");
    }

    private static async Task WaitForNobodyAsync()
    {
        using var semaphore = new SemaphoreSlim(0);
        await semaphore.WaitAsync();
    }
}
