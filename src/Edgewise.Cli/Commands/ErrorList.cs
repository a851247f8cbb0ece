using System.Collections.ObjectModel;

namespace Edgewise.Cli.Commands;

/// <summary>Tells errors as they are found, so that a command can go on with what is left.</summary>
internal sealed class ErrorList(CommandReport report) : Collection<string>
{
    /// <inheritdoc/>
    protected override void InsertItem(int index, string item)
    {
        base.InsertItem(index, item);
        report.Error(item);
    }
}
