using System.Globalization;

namespace Edgewise.Corpus.Sync;

/// <summary>
/// The name of a file in the <c>queue/</c> of AFL: <c>id:000012,src:000003,time:450,execs:90210,op:havoc</c>. What follows the number tells people where
/// the input came from.
/// </summary>
/// <param name="Id">Number of the input in its queue.</param>
/// <param name="Origin">What follows the number, without the comma.</param>
public readonly record struct QueueName(uint Id, string Origin)
{
    private const string Prefix = "id:";
    private const int FewestDigits = 6;

    /// <summary>Reads a name.</summary>
    /// <returns>False for a file that is no input.</returns>
    public static bool TryParse(string name, out QueueName result)
    {
        ArgumentNullException.ThrowIfNull(name);
        result = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        int end = name.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', '9');
        int digits = end < 0 ? name.Length - Prefix.Length : end;
        if (digits < FewestDigits || (end >= 0 && name[Prefix.Length + end] != ',')
            || !uint.TryParse(name.AsSpan(Prefix.Length, digits), NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
        {
            return false;
        }

        result = new QueueName(id, end < 0 ? string.Empty : name[(Prefix.Length + end + 1)..]);
        return true;
    }

    /// <summary>The origin of an input that was given.</summary>
    public static string OfSeed(string name) => $"orig:{Clean(name)}";

    /// <summary>The origin of an input that was made of one in the same queue.</summary>
    /// <param name="source">Number of that one; null for none.</param>
    /// <param name="milliseconds">Time since the start of the campaign.</param>
    /// <param name="executions">Executions since then.</param>
    /// <param name="operation">What made it.</param>
    public static string OfMutation(uint? source, long milliseconds, long executions, string operation) =>
        string.Create(CultureInfo.InvariantCulture, $"src:{source ?? 0:D6},time:{milliseconds},execs:{executions},op:{Clean(operation)}");

    /// <summary>The origin of an input that was taken over from another queue.</summary>
    public static string OfPeer(string peer, uint id) => string.Create(CultureInfo.InvariantCulture, $"sync:{Clean(peer)},src:{id:D6}");

    /// <summary>The name of the file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id:D6}{(Origin.Length > 0 ? "," : string.Empty)}{Origin}");

    // What a path or the next field of the name would make of it.
    private static string Clean(string text) => string.Concat(text.Select(character => character is ',' or ':' || char.IsControl(character) || Path.GetInvalidFileNameChars().Contains(character) ? '_' : character));
}
