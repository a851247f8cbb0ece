namespace Simulations.Dungeon;

/// <summary>What is at a place of a level.</summary>
internal enum Tile : byte
{
    Wall,
    Floor,
    Stairs,
    Treasure,
    Potion,
    Trap,
}
