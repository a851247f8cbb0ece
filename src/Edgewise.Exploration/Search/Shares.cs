namespace Edgewise.Exploration.Search;

/// <summary>
/// Divides turns among ways of choosing by what each of them brought lately: in the long run a way gets turns in proportion to its yield, and never less
/// than a least share.
/// </summary>
/// <remarks>No chance is involved: a way gains credit with each turn in the measure of its weight, and the one with the most credit has the turn.</remarks>
internal sealed class Shares(int ways, double least)
{
    /// <summary>Turns after which what a way brought counts half.</summary>
    private const double Memory = 1000;

    /// <summary>What a way is thought to have brought before it was tried, in turns without yield to one with.</summary>
    private const double Doubt = 50;

    private readonly double[] _turns = new double[ways];
    private readonly double[] _yields = new double[ways];
    private readonly double[] _credits = new double[ways];

    /// <summary>The way whose turn it is.</summary>
    public int Next()
    {
        double sum = 0;
        for (int way = 0; way < ways; way++)
        {
            sum += Weight(way);
        }

        int next = 0;
        for (int way = 0; way < ways; way++)
        {
            _credits[way] += least + ((1 - (ways * least)) * Weight(way) / sum);
            next = _credits[way] > _credits[next] ? way : next;
        }

        _credits[next] -= 1;
        return next;
    }

    /// <summary>A run that a way chose came back.</summary>
    public void Add(int way, bool hasFound)
    {
        for (int other = 0; other < ways; other++)
        {
            _turns[other] *= 1 - (1 / (2 * Memory));
            _yields[other] *= 1 - (1 / (2 * Memory));
        }

        _turns[way]++;
        _yields[way] += hasFound ? 1 : 0;
    }

    private double Weight(int way) => (_yields[way] + 1) / (_turns[way] + Doubt);
}
