using Edgewise.Fuzzing.Execution;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>Hears what a campaign does. It is called on the campaign's thread, and must not decide anything but what it is asked.</summary>
internal interface ICampaignListener
{
    /// <summary>An input became an entry.</summary>
    void Added(int entry);

    /// <summary>An entry was replaced by a shorter input.</summary>
    /// <param name="entry">Its number.</param>
    /// <param name="before">What it was.</param>
    void Reduced(int entry, ReadOnlySpan<byte> before);

    /// <summary>An execution showed a finding; the input stands in the campaign's memory.</summary>
    /// <returns>True to stop the campaign.</returns>
    bool Crashed(RunEnd end, Exception thrown, ReadOnlySpan<byte> input);
}
