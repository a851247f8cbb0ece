using Edgewise.Annotations;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Randomness;
using Edgewise.Hosting.Targets;

namespace Edgewise.Tests.Fuzzing;

public sealed unsafe class TypedMutationTests
{
    private const int Room = 64;

    private static string s_name = "";
    private static int s_level;
    private static DayOfWeek s_day;

    internal static void Target(string name, int level, DayOfWeek day) => (s_name, s_level, s_day) = (name, level, day);

    internal static void Whole(ReadOnlySpan<byte> input) => s_level = input.Length;

    private static FuzzTarget Bound(string method) => FuzzTarget.Bind(typeof(TypedMutationTests).GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);

    private static byte[] Mutate(byte[] input, InputParts parts, FuzzRandom random)
    {
        byte[] room = new byte[Room];
        input.CopyTo(room, 0);
        var mutated = new MutatedInput(room, input.Length, Room);
        TypedMutations.Apply(ref mutated, parts(input), random);
        return mutated.Bytes.ToArray();
    }

    [Fact]
    public void The_parts_of_an_input_are_where_its_values_are_read()
    {
        FuzzTarget target = Bound(nameof(Target));
        byte[] input = [.. "ab\\,"u8, 9, 9, 3, 0x78, 0x56, 0x34, 0x12];

        IReadOnlyList<ConsumedPart> parts = target.Parts!(input);

        Assert.Equal([new ConsumedPart(0, 2, false), new ConsumedPart(7, 4, true), new ConsumedPart(6, 1, true)], parts);
        target.Run(input);
        Assert.Equal(("ab", 0x12345678, DayOfWeek.Wednesday), (s_name, s_level, s_day));
    }

    [Fact]
    public void A_target_that_takes_its_input_whole_has_no_parts() => Assert.Null(Bound(nameof(Whole)).Parts);

    [Fact]
    public void One_value_changes_and_the_others_stay()
    {
        FuzzTarget target = Bound(nameof(Target));
        ulong state = 1;
        var random = new FuzzRandom(&state);
        byte[] input = [.. "harbour\\,"u8, 2, 0x10, 0x27, 0, 0];
        var seen = new HashSet<string>();
        for (int i = 0; i < 20_000; i++)
        {
            target.Run(Mutate(input, target.Parts!, random));
            bool[] changed = [s_name != "harbour", s_level != 10_000, s_day != DayOfWeek.Tuesday];
            Assert.True(changed.Count(isChanged => isChanged) <= 1, $"{s_name} {s_level} {s_day}");
            seen.Add($"{(s_level == 0 ? "zero" : s_level == int.MinValue ? "least" : s_level == -10_000 ? "negated" : "")}{(changed[0] ? "text" : "")}{(changed[2] ? "day" : "")}");
        }

        Assert.Superset(new HashSet<string> { "zero", "least", "negated", "text", "day" }, seen);
    }

    [Fact]
    public void No_input_is_too_short_and_none_gets_too_long()
    {
        FuzzTarget target = Bound(nameof(Target));
        ulong state = 2;
        var random = new FuzzRandom(&state);
        byte[] input = [];
        for (int i = 0; i < 20_000; i++)
        {
            input = Mutate(random.OneIn(50) ? [] : input, target.Parts!, random);
            Assert.InRange(input.Length, 0, Room);
        }
    }
}
