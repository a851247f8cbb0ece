using Edgewise.Annotations;
using Newtonsoft.Json;

namespace Edgewise.Bench.FuzzTargets;

/// <summary>Newtonsoft.Json with a mutator that keeps documents what they are: a digit stays a digit, a letter a letter, so that what is accepted stays so.</summary>
public static class AcceptedJsonTargets
{
    private static ReadOnlySpan<byte> OtherThanNothing => "{\"id\":17,\"name\":\"kiln\",\"on\":true}"u8;

    /// <summary>All tokens.</summary>
    [FuzzTarget("newtonsoft-accepted", MaxLength = 128)]
    [Expects(typeof(JsonException))]
    public static void Read(string document) => JsonTargets.Newtonsoft(document);

    /// <summary>Changes one digit of a number or one letter of a text.</summary>
    [FuzzMutator]
    public static int Mutate(Span<byte> room, int length, ulong seed)
    {
        if (length == 0)
        {
            // The empty document, with which a campaign begins.
            OtherThanNothing.CopyTo(room);
            return OtherThanNothing.Length;
        }

        uint choices = (uint)Count(room[..length], uint.MaxValue, out _);
        if (choices > 0)
        {
            Count(room[..length], (uint)(seed % choices), out int place);
            ref byte chosen = ref room[place];
            uint draw = (uint)(seed >> 32);
            chosen = chosen <= '9' ? (byte)('1' + (draw % 9)) : (byte)('g' + (draw % 7));
        }

        return length;
    }

    // Digits other than zero, and letters with which no escape begins or goes on, up to a number of them.
    private static int Count(ReadOnlySpan<byte> document, uint most, out int place)
    {
        int count = 0;
        bool isText = false;
        for (place = 0; place < document.Length; place++)
        {
            byte value = document[place];
            isText ^= value == '"';
            bool isChoice = isText ? value is >= (byte)'g' and <= (byte)'m' : value is >= (byte)'1' and <= (byte)'9';
            if (isChoice && count++ == most)
            {
                break;
            }
        }

        return count;
    }
}
