using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Faults;

/// <summary>
/// Fault points and knobs of one run, by name: each point is on or off for the whole run, which is decided at its first call with probability one half,
/// and one that is on fires with its own. A knob is turned or left alone in the same way.
/// </summary>
internal sealed class BuggifyPoints
{
    private const double Active = 0.5;

    private readonly Dictionary<string, bool> _isOn = [];
    private readonly Dictionary<string, long> _knobs = [];

    /// <summary>Points may fire; if not, none does, without a draw.</summary>
    public bool CanFire { get; set; } = true;

    /// <summary>Knobs may be turned; one that was keeps its value.</summary>
    public bool CanTurn { get; set; } = true;

    /// <summary>Whether a point fires now.</summary>
    public bool Fire(RandomSource random, string name, double probability)
    {
        if (!CanFire)
        {
            return false;
        }

        if (!_isOn.TryGetValue(name, out bool isOn))
        {
            isOn = random.Chance(Active);
            _isOn.Add(name, isOn);
        }

        return isOn && random.Chance(probability);
    }

    /// <summary>The value of a knob in this run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no other value to choose.</exception>
    public long Knob(RandomSource random, string name, long usual, long from, long to)
    {
        if (_knobs.TryGetValue(name, out long value))
        {
            return value;
        }

        value = CanTurn && random.Chance(Active) ? random.Between(from, to) : usual;
        _knobs.Add(name, value);
        return value;
    }
}
