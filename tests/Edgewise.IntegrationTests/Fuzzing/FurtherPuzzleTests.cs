using System.Buffers.Binary;
using System.Text;
using Edgewise.Hosting.Targets;
using Puzzles;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>The further puzzles by themselves: what solves each does, a fact amiss spoils it, and whatever else they are given they bear.</summary>
public sealed class FurtherPuzzleTests
{
    private const int Mutants = 20_000;
    private const int OffsetPlace = 60;

    // 101101 101 10011 110 1011 and a length of 3 in eleven bits.
    private static readonly byte[] Header = [0xB6, 0xCF, 0x58, 3, 7, 7, 7];

    private static readonly byte[] Tagged = [.. new byte[OffsetPlace], 70, 0, 0, 0, .. new byte[6], .. "TABLES"u8];

    private static readonly byte[] Table = Keys(2, 3, 5, 7, 11, 13, 17, 255, 256, 257, 1009, 4099, 16_411, 32_771, 65_521, 65_535);

    public static TheoryData<string, byte[]> Solutions { get; } = new()
    {
        { "further-bit-fields", Header },
        { "further-offset", Tagged },
        { "further-ascending", Table },
        { "further-ascending", Keys([.. Enumerable.Range(0, 16)]) },
        { "further-enum", Text("SteelBlue") },
        { "further-enum", Text("steelblue") },
        { "further-enum", Text("4620980") },
        { "further-states", Text("obwfpc") },
        { "further-states", Text("obwrbwwfwfprbwfpc") },
    };

    public static TheoryData<string, string, byte[]> NearMisses { get; } = new()
    {
        { "further-bit-fields", "another marker", With(Header, 0, 0xB2) },
        { "further-bit-fields", "another version", With(Header, 0, 0xB7) },
        { "further-bit-fields", "another kind", With(Header, 1, 0xCB) },
        { "further-bit-fields", "another mode", With(Header, 2, 0xD8) },
        { "further-bit-fields", "another channel", With(Header, 2, 0x50) },
        { "further-bit-fields", "an upper bit of the length", With(Header, 2, 0x59) },
        { "further-bit-fields", "a byte too many", [.. Header, 7] },
        { "further-bit-fields", "half a header", Header[..2] },
        { "further-offset", "a place beside the tag", With(Tagged, OffsetPlace, 69) },
        { "further-offset", "a place in the header", [.. "TABLES"u8, .. new byte[64]] },
        { "further-offset", "a place at the end", With(Tagged, OffsetPlace, 76) },
        { "further-offset", "a place far behind the end", With(Tagged, OffsetPlace + 3, 0xFF) },
        { "further-offset", "a tag cut short", Tagged[..^1] },
        { "further-offset", "half a header", Tagged[..OffsetPlace] },
        { "further-ascending", "two equal keys", With(Table, 7, 5) },
        { "further-ascending", "two keys out of order", With(Table, 31, 0xF0) },
        { "further-ascending", "a key too few", Table[..^2] },
        { "further-ascending", "keys in the other order of bytes", [.. Table.Chunk(2).SelectMany(Enumerable.Reverse)] },
        { "further-enum", "another member", Text("OliveDrab") },
        { "further-enum", "two words", Text("Steel Blue") },
        { "further-enum", "two members", Text("SteelBlue, Coral") },
        { "further-enum", "a number in hexadecimal digits", Text("0x4682B4") },
        { "further-enum", "a number too great", Text("99999999999") },
        { "further-states", "no end", Text("obwfp") },
        { "further-states", "nothing written", Text("obfpc") },
        { "further-states", "something written behind the last flush", Text("obwfwpc") },
        { "further-states", "a letter in between", Text("obwf pc") },
        { "further-states", "taken back", Text("obwfprc") },
    };

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_puzzle_has_a_solution(string puzzle, byte[] solution) => Assert.True(IsSolved(Find(puzzle), solution));

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_solution_with_a_fact_amiss_is_none(string puzzle, string fact, byte[] input) => Assert.False(IsSolved(Find(puzzle), input), fact);

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_mutant_of_a_solution_solves_the_puzzle_or_nothing_happens(string puzzle, byte[] solution)
    {
        FuzzTarget target = Find(puzzle);
        var random = new Random(20_261_122);
        int solved = 0;

        for (int i = 0; i < Mutants; i++)
        {
            solved += Convert.ToInt32(IsSolved(target, Mutate(solution, random)));
        }

        Assert.InRange(solved, 1, Mutants - 1);
    }

    // Any exception but the one of a puzzle passes through, and fails the test.
    private static bool IsSolved(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Run(input);
            return false;
        }
        catch (PuzzleSolvedException)
        {
            return true;
        }
    }

    private static byte[] Mutate(byte[] solution, Random random)
    {
        var mutant = new List<byte>(solution);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int place = random.Next(mutant.Count + 1), size = Math.Min(random.Next(1, 9), mutant.Count - place);
            switch (random.Next(5))
            {
                case 0:
                    mutant.RemoveRange(place, size);
                    break;
                case 1:
                    mutant.InsertRange(random.Next(mutant.Count + 1), mutant.GetRange(place, size));
                    break;
                case 2:
                    mutant.Insert(place, (byte)random.Next(256));
                    break;
                case 3 when size > 0:
                    mutant[place] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
                    break;
                case 4 when size > 0:
                    mutant[place] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    break;
            }
        }

        return [.. mutant];
    }

    private static FuzzTarget Find(string puzzle) => FuzzTargetAssembly.Find(typeof(PuzzleSolvedException).Assembly, puzzle);

    private static byte[] With(byte[] input, int place, byte value)
    {
        byte[] changed = [.. input];
        changed[place] = value;
        return changed;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Keys(params int[] keys)
    {
        byte[] bytes = new byte[keys.Length * sizeof(ushort)];
        for (int i = 0; i < keys.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)keys[i]);
        }

        return bytes;
    }
}
