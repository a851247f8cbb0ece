using System.Text;
using Edgewise.Showmap.Evm.Cheats;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>Says what a contract reverted with, for messages.</summary>
internal static class RevertReason
{
    private const int Shown = 64;
    private static readonly uint Error = AbiText.Selector("Error(string)"), Panic = AbiText.Selector("Panic(uint256)"), Cheat = AbiText.Selector("CheatcodeError(string)");

    /// <summary>The text of <c>revert("…")</c>, the code of a panic, or the bytes.</summary>
    public static string Of(byte[] output)
    {
        uint? selector = AbiText.SelectorOf(output);
        string reason = selector is null ? Encoding.UTF8.GetString(output)
            : selector == Panic ? $"panic {AbiText.Argument(output, 0)}"
            : (selector == Error || selector == Cheat) && AbiText.Bytes(output, 0) is { } text ? Encoding.UTF8.GetString(text)
            : output.AsSpan().StartsWith("FOUNDRY::"u8) ? Encoding.UTF8.GetString(output)
            : $"0x{Convert.ToHexStringLower(output.AsSpan(0, Math.Min(Shown, output.Length)))}";
        return reason.Length == 0 ? "without a reason, or for lack of gas" : string.Concat(reason.Select(static character => char.IsControl(character) ? '.' : character));
    }
}
