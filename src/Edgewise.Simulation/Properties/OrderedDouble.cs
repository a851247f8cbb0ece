namespace Edgewise.Simulation.Properties;

/// <summary>Floating-point numbers as whole numbers in the same order.</summary>
internal static class OrderedDouble
{
    /// <summary>A number that is larger where the value is; not a number is the smallest.</summary>
    public static long ToOrder(double value)
    {
        if (double.IsNaN(value))
        {
            return long.MinValue;
        }

        // Negative numbers have the order of their bits turned around; both zeros are one.
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    /// <summary>The number that <see cref="ToOrder"/> was given.</summary>
    public static double FromOrder(long order) => BitConverter.Int64BitsToDouble(order >= 0 ? order : long.MinValue - order);
}
