using Edgewise.Annotations;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;
using Edgewise.Simulation;
using Edgewise.Simulation.Reporting;

namespace Edgewise.Tests.Simulation.Reporting;

public sealed class PropertyOutcomeTests
{
    [Theory]
    [InlineData(PropertyKind.Always, 5, 0, PropertyStatus.Passed)]
    [InlineData(PropertyKind.Always, 5, 1, PropertyStatus.Failed)]
    [InlineData(PropertyKind.Always, 0, 0, PropertyStatus.Failed)]
    [InlineData(PropertyKind.AlwaysOrUnreachable, 0, 0, PropertyStatus.Passed)]
    [InlineData(PropertyKind.AlwaysOrUnreachable, 7, 1, PropertyStatus.Failed)]
    [InlineData(PropertyKind.Unreachable, 0, 1, PropertyStatus.Failed)]
    [InlineData(PropertyKind.NumericAlways, 0, 0, PropertyStatus.Failed)]
    [InlineData(PropertyKind.NumericAlways, 9, 0, PropertyStatus.Passed)]
    [InlineData(PropertyKind.Sometimes, 0, 9, PropertyStatus.Missed)]
    [InlineData(PropertyKind.Sometimes, 1, 9, PropertyStatus.Passed)]
    [InlineData(PropertyKind.Reachable, 0, 0, PropertyStatus.Missed)]
    [InlineData(PropertyKind.NumericSometimes, 0, 9, PropertyStatus.Missed)]
    [InlineData(PropertyKind.SometimesAll, 0, 9, PropertyStatus.Missed)]
    [InlineData(PropertyKind.SometimesEach, 0, 0, PropertyStatus.Passed)]
    public void Each_kind_has_its_contract(PropertyKind kind, long holds, long fails, PropertyStatus expected) =>
        Assert.Equal(expected, new PropertyOutcome(kind, "it", holds, fails, null, null, 0).Status);

    [Fact]
    public void The_nearest_value_is_the_number_that_the_code_gave()
    {
        PropertyOutcome[] outcomes = [.. Run(_ =>
        {
            foreach (long number in (long[])[3, 40, -7])
            {
                Property.SometimesGreaterThan(number, 100, "grows");
                Property.SometimesLessThanOrEqualTo(number, -100, "shrinks");
                Property.AlwaysLessThan(number, 41, "stays small");
                Property.AlwaysGreaterThanOrEqualTo(number / 2.0, -4.5, "stays above");
            }
        })];

        Assert.Equal(
            [("stays above", ">= (floating point)", "-3.5"), ("stays small", "<", "40"), ("grows", ">", "40"), ("shrinks", "<=", "-7")],
            outcomes.Select(outcome => (outcome.Name, outcome.Comparison ?? "", outcome.Nearest ?? "")));
        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.Identities));
    }

    [Fact]
    public void Combinations_and_buckets_are_counted_and_the_most_conditions_at_once_are_known()
    {
        IReadOnlyList<PropertyOutcome> outcomes = Run(_ =>
        {
            for (int i = 0; i < 6; i++)
            {
                Property.SometimesAll("set", [("even", i % 2 == 0), ("small", i < 3), ("never", false)]);
                Property.SometimesEach("third", [("third", i / 2)]);
            }
        });

        Assert.Equal([(PropertyKind.SometimesAll, "2", 3), (PropertyKind.SometimesEach, null, 3)], outcomes.Select(outcome => (outcome.Kind, outcome.Nearest, outcome.Identities)));
        Assert.Equal((0L, 6L), (outcomes[0].Holds, outcomes[0].Fails));
    }

    [Fact]
    public void They_are_ordered_by_kind_then_the_worst_first_then_by_name()
    {
        IReadOnlyList<PropertyOutcome> outcomes = Run(_ =>
        {
            Property.Sometimes(true, "seen");
            Property.Sometimes(false, "unseen");
            Property.Always(true, "b holds");
            Property.Always(true, "a holds");
            Property.Always(false, "c fails");
            Property.Unreachable("reached all the same");
        });

        Assert.Equal(["c fails", "a holds", "b holds", "reached all the same", "unseen", "seen"], outcomes.Select(outcome => outcome.Name));
    }

    private static IReadOnlyList<PropertyOutcome> Run(Action<World> body)
    {
        using var engine = new ReplayEngine(new SimulationTarget(() => new Scene(body)));
        engine.Submit(new Job(new Edgewise.Exploration.Recipes.Timeline(1, Edgewise.Exploration.Recipes.Recipe.Empty)));
        var catalog = new PropertyCatalog();
        catalog.Absorb(engine.Take());
        return PropertyOutcome.Of(catalog);
    }

    private sealed class Scene(Action<World> body) : ISimulation
    {
        public Task RunAsync(World world)
        {
            body(world);
            return Task.CompletedTask;
        }
    }
}
