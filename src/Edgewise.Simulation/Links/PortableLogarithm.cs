namespace Edgewise.Simulation.Links;

/// <summary>
/// The natural logarithm by additions, multiplications and divisions only. IEEE 754 fixes the result of those to the last bit; the logarithm of the
/// framework is the C library's, and differs between platforms, which a recipe must not.
/// </summary>
internal static class PortableLogarithm
{
    private const double LogarithmOfTwo = 0.693147180559945309417;

    /// <summary>The logarithm of a positive, normal number, within a few units of the last place.</summary>
    /// <remarks>x = m * 2^e with m from sqrt(1/2) to sqrt(2), and ln m = 2 artanh((m - 1) / (m + 1)), whose series then gains 1.5 digits a term.</remarks>
    public static double Of(double value)
    {
        int exponent = Math.ILogB(value);
        double mantissa = Math.ScaleB(value, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        double quotient = (mantissa - 1) / (mantissa + 1);
        double square = quotient * quotient;
        double power = quotient;
        double sum = 0;
        for (int divisor = 1; divisor <= 23; divisor += 2)
        {
            sum += power / divisor;
            power *= square;
        }

        return (2 * sum) + (exponent * LogarithmOfTwo);
    }
}
