using System.Globalization;
using System.Text.Json;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>Reads what <c>prestateTracer</c> answers in its mode <c>diffMode</c>: accounts before and after. A slot that is only before is 0 after; an account that is only before is gone.</summary>
internal static class StateDifference
{
    /// <summary>Reads the changes.</summary>
    /// <exception cref="FormatException">The answer is of another form.</exception>
    public static EvmState Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("pre"u8, out JsonElement before) || !answer.TryGetProperty("post"u8, out JsonElement after))
        {
            throw new FormatException("no pre and post");
        }

        EvmState changes = new();
        foreach (JsonProperty account in after.EnumerateObject())
        {
            EvmAccount change = changes.Change(EvmWord.Parse(account.Name));
            before.TryGetProperty(account.Name, out JsonElement was);
            change.Balance = Field(account.Value, "balance") is { } balance ? Number(balance) : null;
            change.Nonce = Field(account.Value, "nonce") is { } nonce ? Number(nonce).Low : null;
            if (Field(account.Value, "code") is { ValueKind: JsonValueKind.String } code)
            {
                change.Code = new(Convert.FromHexString(code.GetString().AsSpan(2)));
                change.HasOwnStorage = was.ValueKind != JsonValueKind.Object || IsNoCode(was);
            }

            if (was.ValueKind == JsonValueKind.Object && Field(was, "storage") is { } old)
            {
                foreach (JsonProperty slot in old.EnumerateObject())
                {
                    change.Storage[EvmWord.Parse(slot.Name)] = EvmWord.Zero;
                }
            }

            if (Field(account.Value, "storage") is { } storage)
            {
                foreach (JsonProperty slot in storage.EnumerateObject())
                {
                    change.Storage[EvmWord.Parse(slot.Name)] = Number(slot.Value);
                }
            }
        }

        foreach (JsonProperty account in before.EnumerateObject().Where(account => !after.TryGetProperty(account.Name, out _)))
        {
            EvmAccount gone = changes.Change(EvmWord.Parse(account.Name));
            (gone.Balance, gone.Nonce, gone.Code, gone.HasOwnStorage) = (EvmWord.Zero, 0, EvmCode.Empty, true);
        }

        return changes;
    }

    private static bool IsNoCode(JsonElement account) => Field(account, "code") is not { ValueKind: JsonValueKind.String } code || code.GetString()!.Length <= 2;

    private static JsonElement? Field(JsonElement account, string name) => account.TryGetProperty(name, out JsonElement value) ? value : null;

    // Balances come as text, a nonce as a number from some nodes and as text from others.
    private static EvmWord Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetUInt64() : EvmWord.Parse(value.GetString() ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{value} is no number")));
}
