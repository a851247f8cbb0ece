using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>Which members are called elsewhere: part of what a module is instrumented with. Safe for use by several threads.</summary>
public sealed class RedirectionTable
{
    private readonly Dictionary<string, Redirection> _replaced = [];
    private readonly Dictionary<string, Redirection> _announced = [];
    private readonly HashSet<string> _types = [];

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The rows; where both forms apply to a use, it is replaced, and announced where it cannot be replaced.</param>
    /// <exception cref="ArgumentException">Two rows of one form have one member.</exception>
    public RedirectionTable(IEnumerable<Redirection> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Rows = [.. rows];
        foreach (Redirection row in Rows)
        {
            if (!(row.Form == RedirectionForm.Replace ? _replaced : _announced).TryAdd(row.Key, row))
            {
                throw new ArgumentException($"{row.Member} has two rows", nameof(rows));
            }

            _types.Add(row.Member[..row.Member.IndexOf("::", StringComparison.Ordinal)]);
        }

        Hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Rows.Select(row => row.Text).Order(StringComparer.Ordinal))));
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<Redirection> Rows { get; }

    /// <summary>SHA-256 of what the rows say, in whatever order.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>True if a row speaks of members of a type.</summary>
    internal bool Names(string type) => _types.Contains(type);

    /// <summary>What is called in place of a member.</summary>
    internal bool TryReplace(string key, [NotNullWhen(true)] out Redirection? row) => _replaced.TryGetValue(key, out row);

    /// <summary>What is told of a member: the row of the member itself, of its name, or of its type.</summary>
    internal bool TryAnnounce(string member, [NotNullWhen(true)] out Redirection? row) =>
        _announced.TryGetValue(member, out row)
        || _announced.TryGetValue(string.Concat(member.AsSpan(0, member.IndexOf('(')), "(*)"), out row)
        || _announced.TryGetValue(string.Concat(member.AsSpan(0, member.IndexOf("::", StringComparison.Ordinal)), "::*"), out row);
}
