using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Fuzzing.Afl;

namespace Edgewise.Tests.Fuzzing.Afl;

public sealed unsafe class CmpLogMapTests : IDisposable
{
    private const int Site = 70_000;
    private const int Key = Site & 0xFFFF;

    private readonly byte* _old = Allocate(isRecent: false);
    private readonly byte* _recent = Allocate(isRecent: true);

    [Fact]
    public void The_maps_have_the_sizes_of_the_two_generations_of_AFLplusplus()
    {
        Assert.Equal(67_633_152, CmpLogMap.SizeOf(isRecent: false));
        Assert.Equal(151_126_016, CmpLogMap.SizeOf(isRecent: true));
        Assert.False(CmpLogMap.IsRecent(67_633_152));
        Assert.True(CmpLogMap.IsRecent(151_126_016));
    }

    [Fact]
    public void Numbers_stand_in_the_old_map_with_hits_shape_type_and_attribute()
    {
        CmpLogMap.Use(_old, isRecent: false);

        CmpLogCallbacks.TraceCmp4(0x12345678, 7, Site);
        CmpLogCallbacks.TraceConstCmp8(0x1122334455667788, 9, Site);

        ulong header = ((ulong*)_old)[Key];
        Assert.Equal(2u, header & 0xFFFFFF);
        Assert.Equal(7u, (header >> 48) & 31);
        Assert.Equal(1u, (header >> 53) & 3);
        Assert.Equal(0u, (header >> 55) & 15);
        ulong* pairs = (ulong*)(_old + 524_288 + ((long)Key * 32 * 32));
        Assert.Equal([0x12345678, 7, 0, 0, 9, 0x1122334455667788], new ReadOnlySpan<ulong>(pairs, 6).ToArray());
    }

    [Fact]
    public void Numbers_stand_in_the_recent_map_with_hits_shape_type_and_attribute()
    {
        CmpLogMap.Use(_recent, isRecent: true);

        CmpLogCallbacks.TraceCmp2(0x1234, 7, Site);

        ushort header = ((ushort*)_recent)[Key];
        Assert.Equal(1, header & 63);
        Assert.Equal(1, (header >> 6) & 31);
        Assert.Equal(0, (header >> 11) & 1);
        ulong* pair = (ulong*)(_recent + 131_072 + ((long)Key * 32 * 72));
        Assert.Equal((0x1234ul, 7ul), (pair[0], pair[4]));
    }

    [Theory]
    [InlineData(false, 31)]
    [InlineData(true, 32)]
    public void Strings_stand_in_either_map_as_UTF_8_with_their_lengths(bool isRecent, int most)
    {
        byte* map = isRecent ? _recent : _old;
        CmpLogMap.Use(map, isRecent);
        string longer = new('b', 40);

        fixed (char* left = "grün", right = longer)
        {
            CmpLogCallbacks.TraceCompareChars(left, 4, right, longer.Length, Site);
        }

        byte* pair = map + (isRecent ? 131_072 + ((long)Key * 32 * 72) : 524_288 + ((long)Key * 32 * 32));
        byte* second = pair + 32;
        Assert.Equal("grün", Encoding.UTF8.GetString(pair, 5));
        Assert.Equal(longer[..most], Encoding.UTF8.GetString(second, most));
        Assert.Equal((5, most), isRecent ? (pair[64], pair[65]) : (pair[31], second[31]));
        Assert.Equal((uint)most - 1, isRecent ? (uint)(((ushort*)map)[Key] >> 6) & 31 : (uint)(((ulong*)map)[Key] >> 48) & 31);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_site_that_compares_without_end_stays_within_its_place_and_its_count(bool isRecent)
    {
        byte* map = isRecent ? _recent : _old;
        CmpLogMap.Use(map, isRecent);

        for (uint i = 1; i <= 1000; i++)
        {
            CmpLogCallbacks.TraceCmp4(i, 0, Site);
        }

        Assert.Equal(63u, isRecent ? ((ushort*)map)[Key] & 63u : (uint)((ulong*)map)[Key] & 0xFFFFFF);
        long neighbour = isRecent ? 131_072 + ((Key + 1L) * 32 * 72) : 524_288 + ((Key + 1L) * 32 * 32);
        Assert.Equal(0, *(long*)(map + neighbour));
    }

    [Fact]
    public void Equal_sides_are_not_logged()
    {
        CmpLogMap.Use(_old, isRecent: false);

        CmpLogCallbacks.TraceCmp1(5, 5, Site);
        fixed (byte* bytes = "same"u8)
        {
            CmpLogCallbacks.TraceCompareBytes(bytes, 4, bytes, 4, Site + 1);
        }

        Assert.Equal((0ul, 0ul), (((ulong*)_old)[Key], ((ulong*)_old)[Key + 1]));
    }

    [Fact]
    public void Each_case_of_a_switch_has_a_key_of_its_own()
    {
        CmpLogMap.Use(_old, isRecent: false);
        ulong* cases = stackalloc ulong[] { 3, 32, 100, 2000, 5 };

        CmpLogCallbacks.TraceSwitch(5, cases, Site);

        var headers = new ReadOnlySpan<ulong>(_old, 65_536);
        Assert.Equal(2, headers.Length - headers.Count(0ul));
    }

    public void Dispose()
    {
        CmpLogMap.Use(null, isRecent: false);
        NativeMemory.Free(_old);
        NativeMemory.Free(_recent);
    }

    private static byte* Allocate(bool isRecent) => (byte*)NativeMemory.AllocZeroed((nuint)CmpLogMap.SizeOf(isRecent));
}
