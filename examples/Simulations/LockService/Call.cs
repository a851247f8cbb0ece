using System.Numerics;

namespace Simulations.LockService;

/// <summary>A question to several processes, and the answers that came in time.</summary>
/// <param name="number">Its number.</param>
/// <param name="needed">Number of answers after which nobody waits any longer.</param>
internal sealed class Call(long number, int needed)
{
    private readonly TaskCompletionSource _done = new();

    public long Number => number;

    public Task Done => _done.Task;

    public int AnswerCount { get; private set; }

    public long HighestToken { get; private set; }

    /// <summary>Bits of the replicas that voted for us.</summary>
    public int Voters { get; private set; }

    public int VoteCount => BitOperations.PopCount((uint)Voters);

    public void GiveUp() => _done.TrySetResult();

    public void Answer(object message)
    {
        switch (message)
        {
            case HighestToken token when token.Call == number:
                HighestToken = Math.Max(HighestToken, token.Token);
                break;
            case Vote vote when vote.Call == number:
                Voters |= vote.IsGranted ? 1 << vote.Replica : 0;
                break;
            case Written written when written.Call == number:
                break;
            default:
                // Of an earlier call: too late.
                return;
        }

        AnswerCount++;
        if (AnswerCount == needed)
        {
            _done.TrySetResult();
        }
    }
}
