using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Running;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Findings;

/// <summary>Makes findings of what happened.</summary>
internal static class FindingOf
{
    /// <summary>What it is that a process was ended for a limit; null where it was not.</summary>
    public static FindingKind? Limit(ProcessLimit? limit) => limit switch
    {
        ProcessLimit.Time => FindingKind.Timeout,
        ProcessLimit.Memory => FindingKind.OutOfMemory,
        _ => null,
    };

    /// <summary>Of an exception.</summary>
    /// <param name="end">How the execution ended.</param>
    /// <param name="thrown">What it threw.</param>
    /// <param name="input">The input.</param>
    public static Finding Exception(RunEnd end, Exception thrown, byte[] input)
    {
        Exception cause = FindingSignature.Cause(thrown);
        return new Finding
        {
            Kind = end == RunEnd.OutOfMemory ? FindingKind.OutOfMemory : FindingKind.Crash,
            Signature = FindingSignature.Of(end, thrown),
            Title = $"{cause.GetType().FullName}: {cause.Message}",
            Details = string.Join('\n', TargetTrace.Cut(thrown.ToString().Split('\n'))),
            Input = input,
        };
    }

    /// <summary>Of the death of the process.</summary>
    /// <param name="settings">The limits.</param>
    /// <param name="killedFor">The limit for which it was killed; null where it died by itself.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="lines">What it wrote to standard error.</param>
    /// <param name="input">The input.</param>
    public static Finding Death(FuzzSettings settings, FindingKind? killedFor, ProcessEnd end, IReadOnlyList<string> lines, byte[] input)
    {
        var death = ProcessDeath.Of(end, lines);
        return new Finding
        {
            Kind = killedFor ?? FindingKind.Crash,
            Signature = killedFor switch
            {
                FindingKind.Timeout => "timeout",
                FindingKind.OutOfMemory => "oom",
                _ => death.Signature,
            },
            Title = killedFor switch
            {
                FindingKind.Timeout => $"the target ran for more than {settings.Timeout.TotalSeconds:0.###} s",
                FindingKind.OutOfMemory => $"the process took more than {settings.MemoryLimit} MiB",
                _ => death.Title,
            },
            Details = killedFor is null ? death.Details : "",
            Input = input,
            EndedProcess = true,
        };
    }
}
