namespace Edgewise.Showmap.Differential;

/// <summary>Relative coverage of each approach by each: which part of what one covers the trials of another cover.</summary>
/// <remarks>relcov and its readings reliability, reach and performance are those of riesentoaster's differential-coverage.</remarks>
public sealed class RelativeCoverage
{
    private readonly double?[,] _cells;

    private RelativeCoverage(IReadOnlyList<string> names, double?[,] cells)
    {
        Names = names;
        _cells = cells;
    }

    /// <summary>Names of the approaches, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Relative coverage of an approach by a reference, 0 to 1; null where the reference is an empty set, of which there is no part.</summary>
    /// <param name="approach">Number of the approach whose trials are measured.</param>
    /// <param name="reference">Number of the approach whose edges they are measured by.</param>
    public double? this[int approach, int reference] => _cells[approach, reference];

    /// <summary>All values, row by row.</summary>
    public IEnumerable<double?> Values => _cells.Cast<double?>();

    /// <summary>Relative coverage of all approaches of a campaign by all.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="values">How the values of the measured approach's trials become one.</param>
    /// <param name="collection">How the edges of the reference's trials become one set.</param>
    public static RelativeCoverage Of(Campaign campaign, ValueReducer values, CollectionReducer collection)
    {
        IReadOnlyList<Approach> approaches = campaign.Approaches;
        double?[,] cells = new double?[approaches.Count, approaches.Count];
        for (int column = 0; column < approaches.Count; column++)
        {
            EdgeSet reference = approaches[column].Reduced(collection);
            int size = reference.Count;
            for (int row = 0; row < approaches.Count; row++)
            {
                cells[row, column] = size == 0 ? null : Of(approaches[row], reference, size, values);
            }
        }

        return new RelativeCoverage([.. approaches.Select(static approach => approach.Name)], cells);
    }

    private static double Of(Approach approach, EdgeSet reference, int size, ValueReducer reducer)
    {
        double[] values = new double[approach.Trials.Count];
        long sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int common = approach.Trials[i].Edges.CountCommon(reference);
            sum += common;
            values[i] = (double)common / size;
        }

        // The mean of fractions with one denominator is one fraction, which is rounded once.
        return reducer == ValueReducer.Average ? sum / ((double)size * values.Length) : reducer.Reduce(values);
    }
}
