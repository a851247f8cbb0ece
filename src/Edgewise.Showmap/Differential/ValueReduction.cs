namespace Edgewise.Showmap.Differential;

/// <summary>Reduces the values of trials to one.</summary>
public static class ValueReduction
{
    /// <summary>The one value.</summary>
    /// <param name="reducer">How it is made.</param>
    /// <param name="values">At least one value; they may be put in another order.</param>
    public static double Reduce(this ValueReducer reducer, Span<double> values)
    {
        if (reducer == ValueReducer.Average)
        {
            double sum = 0;
            foreach (double value in values)
            {
                sum += value;
            }

            return sum / values.Length;
        }

        values.Sort();
        int middle = values.Length / 2;
        return reducer switch
        {
            ValueReducer.Min => values[0],
            ValueReducer.Max => values[^1],
            _ => values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2,
        };
    }
}
