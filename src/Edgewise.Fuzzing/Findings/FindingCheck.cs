using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;

namespace Edgewise.Fuzzing.Findings;

/// <summary>Runs a finding's input again, in this process: does it show each time, and what is the shortest that does?</summary>
/// <remarks>What it runs is no part of the campaign: it draws no random number, and changes nothing that decisions are made of.</remarks>
internal sealed unsafe class FindingCheck(Executor executor, CampaignMemory memory, Func<RunEnd, Exception, string> signatureOf)
{
    /// <summary>Runs that tell whether a finding is flaky.</summary>
    public const int Reruns = 3;

    /// <summary>Runs an input once.</summary>
    /// <returns>How it ended and what it threw; null where it showed nothing.</returns>
    public (RunEnd End, Exception Thrown)? Run(ReadOnlySpan<byte> input)
    {
        byte[] kept = input.ToArray();
        return Undisturbed<(RunEnd, Exception)?>(() => RunAgain(kept) is >= RunEnd.Crashed and var end ? (end, executor.Thrown!) : null);
    }

    /// <summary>The finding with its shortest input.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="budget">Runs that minimising may take.</param>
    public Finding Complete(Finding finding, int budget)
    {
        int room = memory.Header->Sizes.InputRoom;
        return Undisturbed(() =>
        {
            bool Shows(byte[] candidate) => candidate.Length <= room && RunAgain(candidate) is >= RunEnd.Crashed and var end && signatureOf(end, executor.Thrown!) == finding.Signature;
            int reproduced = 0;
            for (int i = 0; i < Reruns; i++)
            {
                reproduced += Shows(finding.Input) ? 1 : 0;
            }

            byte[]? shortest = budget > 0 && reproduced == Reruns ? InputMinimizer.Minimize(finding.Input, Shows, budget) : null;
            return finding with { Reproduced = reproduced, Reruns = Reruns, Minimized = shortest };
        });
    }

    private T Undisturbed<T>(Func<T> run)
    {
        CampaignHeader kept = *memory.Header;
        byte[] input = new ReadOnlySpan<byte>(memory.Input, memory.Header->InputLength).ToArray();
        try
        {
            return run();
        }
        finally
        {
            *memory.Header = kept;
            input.CopyTo(new Span<byte>(memory.Input, input.Length));
        }
    }

    private RunEnd RunAgain(byte[] candidate)
    {
        candidate.CopyTo(new Span<byte>(memory.Input, candidate.Length));
        return executor.Run(candidate.Length);
    }
}
