using System.Collections.ObjectModel;
using System.Globalization;

namespace Edgewise.Cli.Commands.Diffcov;

/// <summary>Tells the first errors as they are found, and how many more there were: a campaign has thousands of files, which often fail alike.</summary>
internal sealed class CappedErrors(CommandReport report) : Collection<string>
{
    private const int MostTold = 20;

    /// <summary>Tells how many errors were not told.</summary>
    public void TellRest()
    {
        if (Count > MostTold)
        {
            report.Hint(string.Create(CultureInfo.InvariantCulture, $"and {Count - MostTold} more errors like these"));
        }
    }

    /// <inheritdoc/>
    protected override void InsertItem(int index, string item)
    {
        base.InsertItem(index, item);
        if (Count <= MostTold)
        {
            report.Error(item);
        }
    }
}
