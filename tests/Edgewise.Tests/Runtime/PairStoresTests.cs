using Edgewise.Runtime.Platform;

namespace Edgewise.Tests.Runtime;

public sealed class PairStoresTests
{
    private const string Neoverse = "Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop uscat ilrcpc flagm";
    private const string CortexA72 = "Features\t: fp asimd evtstrm crc32 cpuid";

    [Theory]
    [InlineData(true, "processor\t: 0", "BogoMIPS\t: 243.75", Neoverse, "processor\t: 1", Neoverse, "CPU part\t: 0xd0c")]
    [InlineData(false, "processor\t: 0", CortexA72)]
    [InlineData(false, "processor\t: 0", Neoverse, "processor\t: 1", CortexA72)]
    [InlineData(false, "flags\t\t: fpu vme de pse tsc uscat")]
    [InlineData(false)]
    public void A_processor_of_Arm_stores_a_pair_at_once_where_all_of_its_cores_have_LSE2(bool expected, params string[] lines) =>
        Assert.Equal(expected, PairStores.HasLse2(lines));
}
