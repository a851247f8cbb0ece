using Edgewise.Symbols.Points;

namespace Edgewise.Tests.Symbols.Points;

public sealed class AddressSetTests
{
    [Fact]
    public void It_holds_what_a_set_of_the_framework_holds()
    {
        Random random = new(30);
        AddressSet ours = new();
        HashSet<ulong> theirs = [];
        for (int i = 0; i < 5000; i++)
        {
            ulong address = (ulong)random.Next(3000) * (i % 2 == 0 ? 1ul : 0x1_0000_0000);
            Assert.Equal(theirs.Contains(address), ours.Contains(address));
            ours.Add(address);
            theirs.Add(address);
            Assert.Equal(theirs.Count, ours.Count);
        }
    }
}
