using System.Buffers.Binary;
using System.Text;
using Edgewise.Hosting.Targets;
using Puzzles;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>The puzzles of documents by themselves: a whole document solves them, one with a fact amiss does not, and whatever else they are given they bear.</summary>
public sealed class DocumentPuzzleTests
{
    private const int Mutants = 20_000;

    // A header, a question for a service, and an answer whose name points back to it.
    private static readonly byte[] Dns =
    [
        0x12, 0x34, 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0,
        5, .. "_ldap"u8, 4, .. "_tcp"u8, 4, .. "corp"u8, 0, 0, 33, 0, 1,
        0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, 10, 0, 0, 0, 5, 0x0C, 0xC5, 2, .. "dc"u8, 0,
    ];

    private static readonly byte[] Wave =
    [
        .. "RIFF"u8, 54, 0, 0, 0, .. "WAVE"u8,
        .. "fmt "u8, 16, 0, 0, 0, 1, 0, 6, 0, .. Bytes(48_000), .. Bytes(48_000 * 18), 18, 0, 24, 0,
        .. "data"u8, 18, 0, 0, 0, .. new byte[18],
    ];

    private const string Hex = ":020000040801F1\n:04F80000424F4F54D0\n:00000001FF\n";
    private const string Request = "PUT /drafts/r7 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nIf-Match: \"r7\"\r\n\r\nok";
    private const string Query = "select ships where flag = 'nl' and built < 2000";

    public static TheoryData<string, byte[]> Solutions { get; } = new()
    {
        { "document-dns", Dns },
        { "document-wave", Wave },
        { "document-hex", Text(Hex) },
        { "document-request", Text(Request) },
        { "document-query", Text(Query) },
        { "document-query", Text("select ships where length > 130 and length < 150 or length > 220") },
    };

    public static TheoryData<string, string, byte[]> NearMisses { get; } = new()
    {
        { "document-dns", "a question instead of a response", With(Dns, 2, 0x04) },
        { "document-dns", "an error", With(Dns, 3, 3) },
        { "document-dns", "no answer", With(Dns, 7, 0) },
        { "document-dns", "an answer to another question", With(Dns, 33, 18) },
        { "document-dns", "a name that points to itself", With(Dns, 33, 32) },
        { "document-dns", "another port", With(Dns, 49, 0xC4) },
        { "document-wave", "another size of the file", [.. Wave, 0] },
        { "document-wave", "another rate of bytes", With(Wave, 28, 1) },
        { "document-wave", "another number of channels", With(Wave, 22, 2) },
        { "document-wave", "half a block", With(Wave, 40, 9) },
        { "document-hex", "a wrong sum", Text(Hex.Replace("D0", "D1", StringComparison.Ordinal)) },
        { "document-hex", "another address", Text(Hex.Replace(":020000040801F1", ":020000040800F2", StringComparison.Ordinal)) },
        { "document-hex", "no end", Text(Hex.Replace(":00000001FF", "", StringComparison.Ordinal)) },
        { "document-request", "another version", Text(Request.Replace("\"r7\"", "\"r8\"", StringComparison.Ordinal)) },
        { "document-request", "another length", Text(Request + "!") },
        { "document-request", "no host", Text(Request.Replace("Host", "Port", StringComparison.Ordinal)) },
        { "document-request", "a field twice", Text(Request.Replace("Host: a", "Host: a\r\nhost: b", StringComparison.Ordinal)) },
        { "document-query", "one ship too many", Text(Query.Replace("2000", "2010", StringComparison.Ordinal)) },
        { "document-query", "the other join", Text(Query.Replace("and", "or", StringComparison.Ordinal)) },
        { "document-query", "no condition behind the join", Text(Query + " and") },
    };

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_whole_document_solves_its_puzzle(string puzzle, byte[] document) => Assert.True(IsSolved(Find(puzzle), document));

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_document_with_a_fact_amiss_does_not(string puzzle, string fact, byte[] document) => Assert.False(IsSolved(Find(puzzle), document), fact);

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_mutant_of_a_document_solves_the_puzzle_or_nothing_happens(string puzzle, byte[] document)
    {
        FuzzTarget target = Find(puzzle);
        var random = new Random(20_261_122);
        int solved = 0;

        for (int i = 0; i < Mutants; i++)
        {
            solved += Convert.ToInt32(IsSolved(target, Mutate(document, random)));
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

    private static byte[] Mutate(byte[] document, Random random)
    {
        var mutant = new List<byte>(document);
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int place = random.Next(mutant.Count + 1), size = Math.Min(random.Next(1, 9), mutant.Count - place);
            switch (random.Next(6))
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
                case 5 when random.Next(8) == 0:
                    mutant.RemoveRange(place, mutant.Count - place);
                    break;
                default:
                    break;
            }
        }

        return [.. mutant];
    }

    private static FuzzTarget Find(string puzzle) => FuzzTargetAssembly.Find(typeof(PuzzleSolvedException).Assembly, puzzle);

    private static byte[] With(byte[] document, int place, byte value)
    {
        byte[] changed = [.. document];
        changed[place] = value;
        return changed;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Bytes(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
