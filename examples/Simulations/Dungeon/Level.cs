using Edgewise.Exploration.Randomness;

namespace Simulations.Dungeon;

/// <summary>One level of the dungeon: rooms joined by corridors, a key in a middle room, stairs or the treasure in the last one, traps and enemies.</summary>
internal sealed class Level
{
    public const int Width = 35;
    public const int Height = 20;
    public const int NoRoom = -1;

    private const int MostTries = 100;

    private readonly record struct Room(int X, int Y, int Width, int Height)
    {
        public int Center => Place(X + (Width / 2), Y + (Height / 2));
    }

    private readonly Tile[] _tiles = new Tile[Width * Height];
    private readonly sbyte[] _roomOf = new sbyte[Width * Height];
    private readonly List<int> _enemies = [];
    private int _roomCount;

    public Level(int number, bool hasTreasure, RandomSource random)
    {
        Array.Fill(_roomOf, (sbyte)NoRoom);
        Room[] rooms = DigRooms(random);
        Start = rooms[0].Center;
        int end = rooms[^1].Center;
        _tiles[end] = hasTreasure ? Tile.Treasure : Tile.Stairs;
        Key = rooms.Length > 2 ? rooms[1 + random.Below(rooms.Length - 2)].Center : rooms[0].Center;
        if (rooms.Length > 2)
        {
            int potion = rooms[1 + random.Below(rooms.Length - 2)].Center;
            if (potion != Key && _tiles[potion] == Tile.Floor)
            {
                _tiles[potion] = Tile.Potion;
            }
        }

        int traps = 2 + random.Below(2);
        for (int i = 0; i < traps; i++)
        {
            int place = DrawFloor(random);
            if (place >= 0 && place != Key)
            {
                _tiles[place] = Tile.Trap;
            }
        }

        int enemies = 2 + (number / 2) + random.Below(4);
        for (int i = 0; i < enemies; i++)
        {
            int place = DrawFloor(random);
            if (place >= 0)
            {
                _enemies.Add(place);
            }
        }
    }

    /// <summary>Where the player begins.</summary>
    public int Start { get; }

    /// <summary>Where the key lies.</summary>
    public int Key { get; }

    /// <summary>Where the enemies stand; they move.</summary>
    public List<int> Enemies => _enemies;

    /// <summary>Number of the last room, in which the stairs or the treasure are.</summary>
    public int GoalRoom => _roomCount - 1;

    public static int Place(int x, int y) => (y * Width) + x;

    public Tile this[int place]
    {
        get => _tiles[place];
        set => _tiles[place] = value;
    }

    /// <summary>The room of a place; <see cref="NoRoom"/> in corridors.</summary>
    public int RoomOf(int place) => _roomOf[place];

    private Room[] DigRooms(RandomSource random)
    {
        var rooms = new Room[4 + random.Below(3)];
        for (int i = 0; i < rooms.Length; i++)
        {
            int width = 3 + random.Below(4);
            int height = 3 + random.Below(3);
            rooms[i] = new Room(1 + random.Below(Width - width - 2), 1 + random.Below(Height - height - 2), width, height);
        }

        Array.Sort(rooms, (left, right) => (left.X + (left.Width / 2)).CompareTo(right.X + (right.Width / 2)));
        _roomCount = rooms.Length;
        for (int i = 0; i < rooms.Length; i++)
        {
            Room room = rooms[i];
            for (int y = room.Y; y < room.Y + room.Height; y++)
            {
                for (int x = room.X; x < room.X + room.Width; x++)
                {
                    _tiles[Place(x, y)] = Tile.Floor;
                    _roomOf[Place(x, y)] = (sbyte)i;
                }
            }
        }

        for (int i = 1; i < rooms.Length; i++)
        {
            DigCorridor(rooms[i - 1].Center, rooms[i].Center);
        }

        return rooms;
    }

    // Along the row of the first place, then along the column of the second.
    private void DigCorridor(int from, int to)
    {
        (int fromX, int fromY, int toX, int toY) = (from % Width, from / Width, to % Width, to / Width);
        for (int x = Math.Min(fromX, toX); x <= Math.Max(fromX, toX); x++)
        {
            Dig(Place(x, fromY));
        }

        for (int y = Math.Min(fromY, toY); y <= Math.Max(fromY, toY); y++)
        {
            Dig(Place(toX, y));
        }
    }

    private void Dig(int place)
    {
        if (_tiles[place] == Tile.Wall)
        {
            _tiles[place] = Tile.Floor;
        }
    }

    private int DrawFloor(RandomSource random)
    {
        for (int i = 0; i < MostTries; i++)
        {
            int place = random.Below(Width * Height);
            if (_tiles[place] == Tile.Floor && place != Start)
            {
                return place;
            }
        }

        return -1;
    }
}
