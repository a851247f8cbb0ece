using System.Globalization;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Round numbers along an axis.</summary>
/// <param name="End">Where the axis ends, in units; more than 0.</param>
/// <param name="Step">From one tick to the next.</param>
/// <param name="Unit">What is counted, and how many of what was given one of it is.</param>
internal readonly record struct PlotAxis(double End, double Step, (string Name, double Size) Unit)
{
    private const int MostTicks = 8;

    private static readonly (string Name, double Size)[] TimeUnits = [("days", 86_400), ("hours", 3600), ("minutes", 60)];

    /// <summary>An axis of numbers from 0.</summary>
    public static PlotAxis OfNumbers(double end) => Of(end, ("", 1));

    /// <summary>An axis of seconds from 0, in the largest unit of which there are two.</summary>
    public static PlotAxis OfSeconds(double end)
    {
        (string Name, double Size) unit = TimeUnits.FirstOrDefault(unit => end >= 2 * unit.Size);
        return Of(end, unit.Name is null ? ("seconds", 1) : unit);
    }

    /// <summary>Where ticks stand, in units.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (int i = 0; i * Step <= End * (1 + 1e-9); i++)
            {
                yield return i * Step;
            }
        }
    }

    /// <summary>The text of a tick.</summary>
    public static string Label(double tick) => tick.ToString("#,0.######", CultureInfo.InvariantCulture);

    private static PlotAxis Of(double end, (string Name, double Size) unit)
    {
        double length = end > 0 ? end / unit.Size : 1, power = Math.Pow(10, Math.Floor(Math.Log10(length / MostTicks)));
        double step = power * ((double[])[1, 2, 5, 10]).First(factor => factor * power * MostTicks >= length * (1 - 1e-9));
        return new PlotAxis(length, step, unit);
    }
}
