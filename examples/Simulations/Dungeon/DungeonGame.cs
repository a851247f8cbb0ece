using Edgewise.Annotations;
using Edgewise.Exploration.Randomness;

namespace Simulations.Dungeon;

/// <summary>
/// Eight levels. On each a key must be found, which a walker who stands on it takes with three chances in a hundred, and carried to the stairs; enemies
/// and traps hurt. The treasure lies on the last level: a random walk gets there about once in 10^10 games.
/// </summary>
public sealed class DungeonGame
{
    private const int LastLevel = 8;
    private const int MostSteps = 10_000;
    private const int MostHealth = 5;
    private const int Actions = 10;
    private const int DownStairs = 8;
    private const int Search = 9;
    private const double KeyChance = 0.03;
    private const double RepeatChance = 0.7;

    private static readonly int[] DeltaX = [0, 1, 1, 1, 0, -1, -1, -1];
    private static readonly int[] DeltaY = [-1, -1, 0, 1, 1, 1, 0, -1];
    // Messages of the levels, made once: a message names one property.
    private static readonly string[] KeyFound = [.. Enumerable.Range(0, LastLevel + 1).Select(level => $"key found L{level}")];

    private readonly RandomSource _random;
    private int _level = 1;
    private int _health = MostHealth;
    private bool _hasKey;
    private int _room;
    private int _player;
    private int _lastAction;
    private Level _map;

    /// <summary>Makes a game on the first level.</summary>
    public DungeonGame(RandomSource random)
    {
        _random = random;
        _map = new Level(_level, _level == LastLevel, random);
        _player = _map.Start;
        _room = _map.RoomOf(_player);
    }

    /// <summary>Walks at random until the treasure is found, the walker is dead, or the steps are used up.</summary>
    /// <returns>True if the treasure was found.</returns>
    public bool Run()
    {
        for (int step = 0; step < MostSteps; step++)
        {
            Outcome outcome = Step();
            Property.SometimesGreaterThan(_level, 0, "dungeon level reached");
            Property.SometimesGreaterThan(_health, 0, "health remaining");
            if (outcome == Outcome.Won)
            {
                Property.Sometimes(true, "treasure found");
                return true;
            }

            if (outcome == Outcome.Dead)
            {
                return false;
            }
        }

        return false;
    }

    private int HealthBucket => _health switch
    {
        <= 1 => 0,
        2 => 1,
        <= 4 => 2,
        _ => 3,
    };

    private Outcome Step()
    {
        int drawn = (int)(_random.Next() % Actions);
        int action = _random.NextDouble() < RepeatChance ? _lastAction : drawn;
        _lastAction = action;
        Outcome outcome = Act(action);
        if (outcome is Outcome.Dead or Outcome.Won or Outcome.Descended or Outcome.MissingKey)
        {
            return outcome;
        }

        MoveEnemies();
        int enemy = _map.Enemies.IndexOf(_player);
        if (enemy >= 0)
        {
            _health -= 1 + _random.Below(2);
            if (_health <= 0)
            {
                return Outcome.Dead;
            }

            Property.Sometimes(true, "survived monster hit");
        }

        return outcome;
    }

    private Outcome Act(int action)
    {
        if (!_hasKey && _player == _map.Key)
        {
            Property.SometimesEach("on key tile", [("floor", _level)], [("health", HealthBucket)]);
            if (_random.NextDouble() < KeyChance)
            {
                _hasKey = true;
                Property.Sometimes(true, KeyFound[_level]);
            }
        }

        Tile tile = _map[_player];
        if (tile == Tile.Stairs && _hasKey)
        {
            Property.SometimesEach("stairs with key", [("floor", _level)], [("health", HealthBucket)]);
        }

        if (tile == Tile.Treasure)
        {
            Property.Sometimes(true, "near treasure");
        }

        return action switch
        {
            DownStairs => tile == Tile.Stairs ? Descend() : Outcome.Nothing,
            Search => tile == Tile.Treasure ? Outcome.Won : Outcome.Nothing,
            _ => Move(action),
        };
    }

    private Outcome Descend()
    {
        if (!_hasKey)
        {
            Property.Sometimes(true, "stairs without key");
            return Outcome.MissingKey;
        }

        _level++;
        _hasKey = false;
        _map = new Level(_level, _level == LastLevel, _random);
        _player = _map.Start;
        _room = _map.RoomOf(_player);
        Property.SometimesEach("descended", [("to_floor", _level)], [("health", HealthBucket)]);
        return Outcome.Descended;
    }

    private Outcome Move(int direction)
    {
        int place = Level.Place((_player % Level.Width) + DeltaX[direction], (_player / Level.Width) + DeltaY[direction]);
        if (_map[place] == Tile.Wall)
        {
            return Outcome.Nothing;
        }

        _player = place;
        if (_map[place] == Tile.Potion)
        {
            _map[place] = Tile.Floor;
            _health = Math.Min(_health + 2, MostHealth);
        }
        else if (_map[place] == Tile.Trap)
        {
            _health--;
            if (_health <= 0)
            {
                return Outcome.Dead;
            }
        }

        EnterRoom(_map.RoomOf(place));
        return Outcome.Nothing;
    }

    private void EnterRoom(int room)
    {
        if (room == Level.NoRoom || room == _room)
        {
            return;
        }

        _room = room;
        Property.SometimesEach("room explored", [("floor", _level), ("room", room)], [("has_key", _hasKey ? 1 : 0), ("health", HealthBucket)]);
        if (room == _map.GoalRoom)
        {
            Property.SometimesEach("goal room", [("floor", _level)], [("has_key", _hasKey ? 1 : 0), ("health", HealthBucket)]);
        }
    }

    private void MoveEnemies()
    {
        List<int> enemies = _map.Enemies;
        for (int i = 0; i < enemies.Count; i++)
        {
            int direction = _random.Below(9);
            if (direction == 8)
            {
                continue;
            }

            int place = Level.Place((enemies[i] % Level.Width) + DeltaX[direction], (enemies[i] / Level.Width) + DeltaY[direction]);
            if (_map[place] != Tile.Wall)
            {
                enemies[i] = place;
            }
        }
    }

    private enum Outcome
    {
        Nothing,
        Descended,
        MissingKey,
        Won,
        Dead,
    }
}
