using System.Globalization;
using System.Text;

namespace Stress;

/// <summary>What a scenario saw, line by line.</summary>
public sealed class Report
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public void Add(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Adds a word to the current line.</summary>
    public void Mark(string word) => _text.Append(word).Append(' ');

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
