using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Search;

namespace Edgewise.Exploration.Bugs;

/// <summary>
/// Makes the recipe of a bug short. Other seeds are tried at each step, to find one that leads as far as several steps did; before and after that, steps are dropped
/// and merged until the recipe is 1-minimal: dropping any step, or merging any with the next, loses the bug.
/// </summary>
/// <remarks>That end is the one-minimality of Zeller and Hildebrandt's delta debugging (2002), over reseeds.</remarks>
public sealed class RecipeShortener(IEngine engine, int triesPerStep)
{
    private const int Batch = 16;

    /// <summary>Runs that were made so far.</summary>
    public long Runs { get; private set; }

    /// <summary>Is told of runs as they are made: how many more.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Ends the shortening at what it has reached.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Shortens the recipe of a timeline that shows a bug.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="bug">Kind and signature that must stay.</param>
    public Timeline Shorten(Timeline timeline, Bug bug)
    {
        timeline = Reduce(Cut(timeline, bug), bug);
        if (triesPerStep > 0 && timeline.Recipe.Length > 1)
        {
            timeline = Reduce(SearchShortcuts(timeline, bug), bug);
        }

        return timeline;
    }

    private TimelineResult Run(Timeline timeline)
    {
        Runs++;
        Progress?.Invoke(1);
        engine.Submit(new Job(timeline));
        return engine.Take();
    }

    // Steps that the run does not reach are none.
    private Timeline Cut(Timeline timeline, Bug bug)
    {
        TimelineResult result = Run(timeline);
        return bug.IsShownBy(result.End) && result.Segments < timeline.Recipe.Length
            ? timeline with { Recipe = Recipe.Of(timeline.Recipe.Steps[..result.Segments]) }
            : timeline;
    }

    private Timeline Reduce(Timeline timeline, Bug bug)
    {
        bool changed = true;
        while (changed && !Cancellation.IsCancellationRequested)
        {
            changed = false;
            for (int step = timeline.Recipe.Length - 1; step >= 0 && !Cancellation.IsCancellationRequested; step--)
            {
                foreach (Recipe candidate in new[] { Drop(timeline.Recipe, step), Merge(timeline.Recipe, step) })
                {
                    if (candidate.Length < timeline.Recipe.Length && bug.IsShownBy(Run(timeline with { Recipe = candidate }).End))
                    {
                        timeline = Cut(timeline with { Recipe = candidate }, bug);
                        changed = true;
                        break;
                    }
                }

                step = Math.Min(step, timeline.Recipe.Length);
            }
        }

        return timeline;
    }

    /// <summary>The recipe without a step: the segment before it goes on until the next one, which stays at its draw.</summary>
    internal static Recipe Drop(Recipe recipe, int step)
    {
        List<Reseed> steps = [.. recipe.Steps];
        if (step + 1 < steps.Count)
        {
            steps[step + 1] = steps[step + 1] with { Count = steps[step].Count + steps[step + 1].Count };
        }

        steps.RemoveAt(step);
        return Recipe.Of([.. steps]);
    }

    /// <summary>The recipe with a step and the next one as one: at the place of the first, with the seed of the second. The same recipe for the last step.</summary>
    internal static Recipe Merge(Recipe recipe, int step)
    {
        if (step + 1 >= recipe.Length)
        {
            return recipe;
        }

        List<Reseed> steps = [.. recipe.Steps];
        steps[step] = steps[step] with { Seed = steps[step + 1].Seed };
        steps.RemoveAt(step + 1);
        return Recipe.Of([.. steps]);
    }

    // From each step on, many seeds; the one that by itself reaches what the farthest of the later steps began at takes the place of those before it.
    private Timeline SearchShortcuts(Timeline timeline, Bug bug)
    {
        for (int step = 0; step < timeline.Recipe.Length - 1 && !Cancellation.IsCancellationRequested; step++)
        {
            Dictionary<ulong, int> anchors = AnchorsBehind(timeline, step, Run(timeline));
            Timeline best = timeline;
            for (int first = 0; first < triesPerStep && !Cancellation.IsCancellationRequested; first += Batch)
            {
                List<Timeline> candidates = [];
                foreach (Timeline candidate in Try(timeline, step, first))
                {
                    TimelineResult result = engine.Take();
                    if (FarthestOf(candidate, result, timeline, step, anchors, bug) is { } shorter && shorter.Recipe.Length < best.Recipe.Length)
                    {
                        candidates.Add(shorter);
                    }
                }

                foreach (Timeline shorter in candidates.OrderBy(candidate => candidate.Recipe.Length))
                {
                    if (shorter.Recipe.Length < best.Recipe.Length && bug.IsShownBy(Run(shorter).End))
                    {
                        best = shorter;
                    }
                }
            }

            timeline = best;
        }

        return timeline;
    }

    private List<Timeline> Try(Timeline timeline, int step, int first)
    {
        Reseed old = timeline.Recipe[step];
        ulong before = step > 0 ? timeline.Recipe[step - 1].Seed : timeline.RootSeed;
        List<Timeline> tried = [];
        for (int index = first; index < first + Batch; index++)
        {
            // The step's own seed stands for the state: shortcuts from here are a family of their own. The step is known to begin well, so every
            // other try begins as it does.
            ulong seed = ChildSeeds.Of(timeline.RootSeed, before, old.Count, old.Seed, index);
            seed = index % 2 == 0 ? ChildSeeds.WithFirstDrawOf(old.Seed, seed) : seed;
            Timeline candidate = timeline with { Recipe = timeline.Recipe.Then(step, old with { Seed = seed }) };
            tried.Add(candidate);
            engine.Submit(new Job(candidate));
            Runs++;
        }

        Progress?.Invoke(tried.Count);
        return tried;
    }

    // What was discovered right where a later step begins, with the number of that step.
    private static Dictionary<ulong, int> AnchorsBehind(Timeline timeline, int step, TimelineResult result)
    {
        var anchors = new Dictionary<ulong, int>();
        foreach (Discovery discovery in result.Discoveries)
        {
            int next = discovery.Segment;
            if (next > step && next < timeline.Recipe.Length && discovery.Count == timeline.Recipe[next].Count)
            {
                anchors[discovery.State] = next;
            }
        }

        return anchors;
    }

    private static Timeline? FarthestOf(
        Timeline candidate, TimelineResult result, Timeline timeline, int step, Dictionary<ulong, int> anchors, Bug bug)
    {
        if (bug.IsShownBy(result.End))
        {
            return candidate;
        }

        int farthest = step + 1;
        long count = 0;
        foreach (Discovery discovery in result.Discoveries)
        {
            if (discovery.Segment == step + 1 && anchors.TryGetValue(discovery.State, out int next) && next > farthest)
            {
                farthest = next;
                count = discovery.Count;
            }
        }

        if (farthest == step + 1)
        {
            return null;
        }

        List<Reseed> steps = [.. candidate.Recipe.Steps, timeline.Recipe[farthest] with { Count = count }, .. timeline.Recipe.Steps[(farthest + 1)..]];
        return timeline with { Recipe = Recipe.Of([.. steps]) };
    }
}
