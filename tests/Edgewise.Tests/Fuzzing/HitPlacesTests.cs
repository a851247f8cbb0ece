using Edgewise.Feedback;
using Edgewise.Fuzzing.Feedbacks;
using Edgewise.Fuzzing.Observers;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Tests.Fuzzing;

public sealed class HitPlacesTests
{
    [Fact]
    public void They_are_the_places_of_all_that_is_not_zero_in_order()
    {
        var random = new Random(11);
        for (int length = 0; length < 200; length++)
        {
            byte[] counters = Sparse(random, length);

            List<int> places = [];
            foreach (int place in new HitPlaces<byte>(counters))
            {
                places.Add(place);
            }

            Assert.Equal(Enumerable.Range(0, length).Where(place => counters[place] != 0), places);
        }
    }

    [Fact]
    public void An_observer_of_bits_finds_those_that_are_set_and_not_abundant()
    {
        var random = new Random(12);
        for (int round = 0; round < 100; round++)
        {
            byte[] map = Sparse(random, 64);
            byte[] seen = [.. Enumerable.Range(0, map.Length * 8).Select(_ => (byte)random.Next(RareFeatures.NotRare + 1))];
            List<uint> found = [];

            new BitObserver(seen.Length, () => map, () => { }).Collect(seen, 1000, found);

            Assert.Equal(
                Enumerable.Range(0, seen.Length).Where(bit => (map[bit / 8] & (1 << (bit % 8))) != 0 && seen[bit] != RareFeatures.NotRare).Select(bit => (uint)bit + 1000),
                found);
        }
    }

    private static byte[] Sparse(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? (byte)random.Next(256) : (byte)0)];
}
