namespace Edgewise.Examples.Kcov;

/// <summary>Prints as the samples of kcov do.</summary>
internal static class Printing
{
    /// <summary>A line a record; the edges under a heading.</summary>
    public static void Print(Found found)
    {
        foreach ((ulong pc, ulong type, ulong first, ulong second) in found.Compares)
        {
            Console.WriteLine($"ip: 0x{pc:x} type: 0x{type:x}, arg1: 0x{first:x}, arg2: 0x{second:x}, size: {1 << (int)((type >> 1) & 3)}, {((type & 1) != 0 ? "const" : "non-const")}");
        }

        foreach (ulong pc in found.Pcs)
        {
            Console.WriteLine($"0x{pc:x}");
        }

        if (found.Edges is not null)
        {
            Console.WriteLine("======edge======");
            foreach (ulong word in found.Edges)
            {
                Console.WriteLine($"0x{word:x}");
            }
        }
    }
}
