using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Statistics;
using Edgewise.Tests.Cli;

namespace Edgewise.Tests.Showmap.Differential;

/// <summary>Statistics against worked examples of the literature; digits beyond those printed there are those of SciPy 1.10 for the same data.</summary>
public sealed class StatisticsTests
{
    // Hollander and Wolfe, "Nonparametric Statistical Methods" (1973), p. 69: permeability of the human chorioamnion.
    private static readonly double[] Term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], Early = [1.15, 0.88, 0.90, 0.74, 1.21];

    // Siegel, "Nonparametric Statistics for the Behavioral Sciences" (1956), pp. 122-126: oral socialization anxiety of societies without and with oral explanations of illness.
    private static readonly double[] Absent = [13, 12, 12, 10, 10, 10, 10, 9, 8, 8, 7, 7, 7, 7, 7, 6];
    private static readonly double[] Present = [17, 16, 15, 15, 15, 14, 14, 14, 13, 13, 13, 12, 12, 12, 12, 11, 11, 10, 10, 10, 8, 8, 6];

    // Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), table 14.1: spatial test data.
    private static readonly double[] Spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    [Fact]
    public void Mann_and_Whitneys_test_is_exact_as_in_Hollander_and_Wolfe()
    {
        MannWhitney test = MannWhitney.Compare(Term, Early);

        // One-sided 0.1272 in the book; 764 of 3003 choices on both sides.
        Assert.Equal((35.0, true), (test.U, test.IsExact));
        Assert.Equal(764 / 3003.0, test.P, 1e-12);
        Assert.Equal(0.24462360512698333, MannWhitney.Compare(Term, Early, isExact: false).P, 1e-12);
        Assert.Equal((15.0, test.P), (MannWhitney.Compare(Early, Term).U, MannWhitney.Compare(Early, Term).P));
    }

    [Fact]
    public void The_normal_approximation_is_corrected_for_ties_as_in_Siegel()
    {
        MannWhitney test = MannWhitney.Compare(Absent, Present, isExact: false);

        // The book: U = 64, z = -3.43 without the correction for ties and -3.45 with it.
        Assert.Equal(64, test.U);
        Assert.Equal(-3.450954660401056, test.Z, 1e-12);
        Assert.Equal(0.0005891177372997847, test.P, 1e-12);
    }

    [Fact]
    public void Exact_values_with_ties_are_those_of_all_ways_to_choose()
    {
        double[] values = [10, 10, 20, 20, 20, 10, 20, 20, 40];
        double[] ranks = [2, 2, 6, 6, 6, 2, 6, 6, 9];
        int below = 0, above = 0, all = 0;
        for (int choice = 0; choice < 1 << 9; choice++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)choice) == 5)
            {
                double sum = Enumerable.Range(0, 9).Sum(i => (choice >> i & 1) * ranks[i]);
                (all, below, above) = (all + 1, below + (sum <= 22 ? 1 : 0), above + (sum >= 22 ? 1 : 0));
            }
        }

        MannWhitney test = MannWhitney.Compare(values.AsSpan(0, 5), values.AsSpan(5));

        Assert.Equal(126, all);
        Assert.Equal(Math.Min(1, 2.0 * Math.Min(below, above) / all), test.P, 1e-12);
        Assert.Equal(0.7142857142857143, test.P, 1e-12);
    }

    [Fact]
    public void Equal_values_are_no_difference()
    {
        Assert.Equal(new MannWhitney(4.5, 0, 1, true), MannWhitney.Compare([3, 3, 3], [3, 3, 3]));
        Assert.Equal(1, MannWhitney.Compare([3, 3, 3], [3, 3, 3], isExact: false).P);
        Assert.False(MannWhitney.Compare(new double[30], new double[21]).IsExact);
    }

    [Fact]
    public void A12_is_that_of_Hogarty_and_Kromreys_data()
    {
        // Hogarty and Kromrey, "Using SAS to calculate tests of Cliff's delta" (1999): delta = -0.25. Vargha and Delaney (2000): A = (delta + 1) / 2.
        double[] treatment = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50], control = [10, 20, 30, 40, 40, 50];

        double a12 = VarghaDelaney.Of(MannWhitney.Compare(treatment, control).U, treatment.Length, control.Length);

        Assert.Equal(0.375, a12, 1e-12);
        Assert.Equal("small", VarghaDelaney.Magnitude(a12));
        Assert.Equal("negligible small medium large large", string.Join(' ', VarghaDelaney.Magnitude(0.5), VarghaDelaney.Magnitude(0.56), VarghaDelaney.Magnitude(0.64), VarghaDelaney.Magnitude(0.71), VarghaDelaney.Magnitude(0)));
    }

    [Fact]
    public void Acceleration_and_levels_of_BCa_are_those_of_Efron_and_Tibshirani()
    {
        // The book, section 14.3: variance 171.5, a = 0.061; with z0 = 0.146 the levels of a 90 % interval are 0.110 and 0.985, where the second is 0.98448 unrounded.
        Assert.Equal(171.53402366863904, Variance(Spatial), 1e-9);
        Assert.Equal(0.06124011981230745, BootstrapInterval.Acceleration(Spatial, Variance), 1e-12);
        Assert.Equal(0.10985618255582341, BootstrapInterval.AdjustedLevel(0.05, 0.146, 0.061), 1e-12);
        Assert.Equal(0.9844770130840627, BootstrapInterval.AdjustedLevel(0.95, 0.146, 0.061), 1e-12);
    }

    [Fact]
    public void An_interval_of_all_resamples_is_exact()
    {
        // All 3125 resamples of five values; SciPy's formulas on the same.
        double[] values = [3, 1, 4, 1.5, 9];
        double[] replicates = [.. Enumerable.Range(0, 3125).Select(i => Enumerable.Range(0, 5).Select(place => values[i / (int)Math.Pow(5, place) % 5]).Sum() / 5)];

        BootstrapInterval interval = BootstrapInterval.Of(3.7, replicates, BootstrapInterval.Acceleration(values, Mean), 0.95);

        Assert.Equal(1.9, interval.Low, 1e-6);
        Assert.Equal(7.283665719930286, interval.High, 1e-6);
    }

    [Fact]
    public void A_drawn_interval_is_near_the_published_one_and_the_same_for_the_same_seed()
    {
        BootstrapInterval interval = Draw(1, Variance, 0.9);

        // The book has (115.8, 259.6) of 2000 resamples, SciPy (115.42, 260.29) of 200,000.
        Assert.InRange(interval.Low, 114, 117);
        Assert.InRange(interval.High, 258.5, 262);
        Assert.Equal(interval, Draw(1, Variance, 0.9));
        Assert.NotEqual(interval, Draw(2, Variance, 0.9));

        static BootstrapInterval Draw(ulong seed, Statistic statistic, double confidence)
        {
            SplitMix64 random = new(seed);
            return BootstrapInterval.Of(Spatial, statistic, confidence, 40_000, ref random)!.Value;
        }
    }

    [Fact]
    public void One_trial_has_no_interval_and_equal_ones_have_an_empty_one()
    {
        SplitMix64 random = new(1);

        Assert.Null(BootstrapInterval.Of([5], Mean, 0.95, 100, ref random));
        Assert.Equal(new BootstrapInterval(5, 5), BootstrapInterval.Of([5, 5, 5], Mean, 0.95, 100, ref random));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(1.96, 0.024997895148220435)]
    [InlineData(2.999, 0.0013543365337271057)]
    [InlineData(3, 0.0013498980316300933)]
    [InlineData(6, 9.865876450376946e-10)]
    [InlineData(15, 3.6709661993126986e-51)]
    public void The_normal_distribution_has_its_tabled_values(double x, double above)
    {
        Assert.Equal(above, NormalDistribution.Above(x), above * 1e-11);
        Assert.Equal(1 - above, NormalDistribution.Below(x), 1e-14);
        Assert.Equal(above, NormalDistribution.Below(-x), above * 1e-11);
    }

    [Theory]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.999999, 4.753424308817087)]
    public void The_normal_quantiles_have_their_tabled_values(double part, double x) => Assert.Equal(x, NormalDistribution.Quantile(part), 1e-9);

    [Fact]
    public void Holms_adjustment_is_stepwise()
    {
        // Holm (1979): the k-th smallest of n times n - k + 1, never less than the one before.
        Assert.Equal("0.03 0.06 0.06 0.02", string.Join(' ', HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]).Select(static p => Math.Round(p, 12))));
        Assert.Equal("1 1", string.Join(' ', HolmCorrection.Adjust([0.9, 0.8])));
    }

    [Fact]
    public void Random_numbers_are_those_of_the_published_generator()
    {
        // The first of SplitMix64 with the seed 1234567.
        SplitMix64 random = new(1234567);

        Assert.Equal("6457827717110365317 3203168211198807973 9817491932198370423", $"{random.Next()} {random.Next()} {random.Next()}");
    }

    [Fact]
    public void Leaving_an_approach_out_changes_no_interval_of_another()
    {
        using CampaignFiles files = CampaignFiles.Sample();

        string all = CommandRun.Of("diffcov", "stats", files.Folder, "-o", "csv", "--values", "average").Output, some = CommandRun.Of("diffcov", "stats", files.Folder, "-o", "csv", "--values", "average", "-i", "_b").Output;

        Assert.Contains("approach_b,,average,1.666667\r\n", some, StringComparison.Ordinal);
        Assert.All(some.Split('\n').Skip(1), line => Assert.Contains(line, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_measure_is_one_number_a_trial()
    {
        using CampaignFiles files = CampaignFiles.Sample();

        Assert.Contains("approach_a,,median,2.000000", Stats("edges"), StringComparison.Ordinal);
        Assert.Contains("approach_a,,average,1.500000", Stats("relscore", "--values", "average"), StringComparison.Ordinal);
        Assert.Contains("approach_a,,median,0.750000", Stats("relcov", "--against", "approach_b"), StringComparison.Ordinal);
        Assert.Equal(1, CommandRun.Of("diffcov", "stats", files.Folder, "--measure", "relcov").ExitCode);
        Assert.Equal(1, CommandRun.Of("diffcov", "stats", files.Folder, "--values", "max").ExitCode);
        Assert.Contains("there is no approach 'x'", CommandRun.Of("diffcov", "stats", files.Folder, "--measure", "relcov", "--against", "x").Errors[0], StringComparison.Ordinal);

        string Stats(string measure, params string[] more) => CommandRun.Of(["diffcov", "stats", files.Folder, "-o", "csv", "--measure", measure, .. more]).Output;
    }

    private static double Mean(Span<double> sample) => ValueReducer.Average.Reduce(sample);

    private static double Variance(Span<double> sample)
    {
        double mean = Mean(sample), sum = 0;
        foreach (double value in sample)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum / sample.Length;
    }
}
