using Edgewise.Showmap;
using Edgewise.Showmap.Evm.Harness;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class TargetSelectionTests
{
    private static readonly AbiFunction Deposit = new("deposit", "deposit()", false), Drain = new("drain", "drain(uint256)", false), Total = new("total", "total()", true),
        Test = new("testFuzz_x", "testFuzz_x(uint256)", false), Act = new("act", "act()", false);

    private static readonly EvmWord Harness = 1, Vault = 2, Other = 3;
    private readonly Dictionary<string, byte[]> _answers = [];

    [Fact]
    public void All_contracts_of_setUp_are_targets_with_all_that_can_change_something()
    {
        TargetSet targets = Select();
        Assert.True(targets.Takes(Vault, Deposit.Selector) && targets.Takes(Vault, Drain.Selector) && targets.Takes(Other, Deposit.Selector));
        Assert.False(targets.Takes(Vault, Total.Selector) || targets.Takes(Harness, Act.Selector) || targets.Takes(4, Deposit.Selector) || targets.Takes(Vault, null));
    }

    [Fact]
    public void Contracts_that_are_named_are_the_only_ones_and_none_joins()
    {
        _answers["targetContracts()"] = Words(32, 1, 2);
        TargetSet targets = Select().ForEntry();
        targets.Join(9, Artifact("Vault", Deposit));
        Assert.True(targets.Takes(Vault, Deposit.Selector));
        Assert.False(targets.Takes(Other, Deposit.Selector) || targets.Takes(9, Deposit.Selector));
    }

    [Fact]
    public void A_contract_that_is_made_joins_for_one_entry()
    {
        TargetSet targets = Select(), entry = targets.ForEntry();
        entry.Join(9, Artifact("Vault", Deposit));
        Assert.True(entry.Takes(9, Deposit.Selector));
        Assert.False(targets.ForEntry().Takes(9, Deposit.Selector));
    }

    [Fact]
    public void Contracts_and_functions_that_are_excluded_are_no_targets()
    {
        _answers["excludeContracts()"] = Words(32, 1, 3);
        _answers["excludeSelectors()"] = Selectors(2, Drain);
        TargetSet targets = Select();
        Assert.True(targets.Takes(Vault, Deposit.Selector));
        Assert.False(targets.Takes(Vault, Drain.Selector) || targets.Takes(Other, Deposit.Selector));
    }

    [Fact]
    public void Functions_that_are_named_are_the_only_ones_of_their_contract()
    {
        _answers["targetSelectors()"] = Selectors(2, Drain);
        TargetSet targets = Select();
        Assert.True(targets.Takes(Vault, Drain.Selector) && targets.Takes(Other, Deposit.Selector));
        Assert.False(targets.Takes(Vault, Deposit.Selector));
    }

    [Fact]
    public void The_harness_is_a_target_where_it_names_itself_but_for_its_tests()
    {
        _answers["targetContracts()"] = Words(32, 1, 1);
        TargetSet targets = Select();
        Assert.True(targets.Takes(Harness, Act.Selector));
        Assert.False(targets.Takes(Harness, Test.Selector));
    }

    [Fact]
    public void A_function_that_does_not_exist_and_a_contract_without_artifact_are_errors()
    {
        _answers["targetSelectors()"] = Selectors(2, Act);
        Assert.Contains("no such function", Assert.Throws<ShowmapException>(() => Select()).Message, StringComparison.Ordinal);
        _answers["targetSelectors()"] = Selectors(77, Act);
        Assert.Contains("no contract that setUp made", Assert.Throws<ShowmapException>(() => Select()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_target_there_is_an_error()
    {
        _answers["targetContracts()"] = Words(32, 1, 77);
        Assert.Contains("no targets", Assert.Throws<ShowmapException>(() => Select()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_answers_read_as_nothing()
    {
        Random random = new(6);
        for (int round = 0; round < 5000; round++)
        {
            byte[] answer = Selectors(2, Drain);
            answer[random.Next(answer.Length)] = (byte)random.Next(256);
            answer = answer[..random.Next(answer.Length + 1)];
            _ = (AbiAnswer.Addresses(answer), AbiAnswer.Selectors(answer), AbiAnswer.Texts(answer), AbiAnswer.NamedSelectors(answer), AbiAnswer.Interfaces(answer));
        }

        Assert.Empty(AbiAnswer.Addresses([1, 2, 3]));
    }

    private TargetSet Select() => new TargetSelection(new([Artifact("Vault", Deposit, Drain, Total)]), signature => _answers.GetValueOrDefault(signature, [])).Select(
        new Dictionary<EvmWord, ContractArtifact>
        {
            [Harness] = Artifact("Test", Test, Act),
            [Vault] = Artifact("Vault", Deposit, Drain, Total),
            [Other] = Artifact("Other", Deposit),
        }, Harness);

    private static ContractArtifact Artifact(string name, params AbiFunction[] functions) => new(name, $"src/{name}.sol:{name}", functions, [], [], null, [], false);

    private static byte[] Words(params ulong[] words) => [.. words.SelectMany(static word => ((EvmWord)word).ToBytes())];

    // One pair of an address and one selector.
    private static byte[] Selectors(ulong address, AbiFunction function) => [.. Words(32, 1, 32, address, 64, 1), .. ((EvmWord)(ulong)function.Selector << 224).ToBytes()];
}
