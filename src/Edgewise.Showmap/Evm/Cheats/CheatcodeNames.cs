namespace Edgewise.Showmap.Evm.Cheats;

/// <summary>What Foundry's cheatcodes are called, those that are not answered here too.</summary>
internal static class CheatcodeNames
{
    private static readonly Dictionary<uint, string> Signatures = Read();

    /// <summary>The signature of a cheatcode, or its selector where there is none.</summary>
    public static string Of(uint? selector) =>
        selector is not { } known ? "vm, called with less than four bytes" : Signatures.TryGetValue(known, out string? signature) ? $"vm.{signature}" : $"vm, selector 0x{known:x8}";

    private static Dictionary<uint, string> Read()
    {
        using Stream stream = typeof(CheatcodeNames).Assembly.GetManifestResourceStream("cheatcodes.txt")!;
        using StreamReader reader = new(stream);
        Dictionary<uint, string> signatures = [];
        while (reader.ReadLine() is { Length: > 0 } signature)
        {
            signatures[AbiText.Selector(signature)] = signature;
        }

        return signatures;
    }
}
