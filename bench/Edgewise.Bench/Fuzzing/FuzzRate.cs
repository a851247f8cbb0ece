using Edgewise.Fuzzing.Running;

namespace Edgewise.Bench.Fuzzing;

/// <summary>How fast a campaign went.</summary>
/// <param name="PerSecond">Executions per second.</param>
/// <param name="MeanLength">Mean bytes of an input.</param>
/// <param name="Rejected">Share of executions that ended by an exception that is an answer.</param>
/// <param name="Compared">Share of executions in the compares image.</param>
internal readonly record struct FuzzRate(double PerSecond, double MeanLength, double Rejected, double Compared)
{
    /// <summary>What happened between two looks at a campaign.</summary>
    /// <param name="before">The first look.</param>
    /// <param name="after">The second one.</param>
    /// <param name="perSecond">The rate that was measured.</param>
    public static FuzzRate Between(CampaignStatus before, CampaignStatus after, double perSecond)
    {
        double count = after.Executions - before.Executions;
        double bytes = (after.MeanLength * after.Executions) - (before.MeanLength * before.Executions);
        return new FuzzRate(perSecond, bytes / count, (after.Rejections - before.Rejections) / count, (after.CompareExecutions - before.CompareExecutions) / count);
    }
}
