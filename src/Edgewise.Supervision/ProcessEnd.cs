namespace Edgewise.Supervision;

/// <summary>How a process ended, as a shell tells it.</summary>
/// <param name="ExitCode">The code that the process returned, or 128 + n where signal n ended it.</param>
public readonly record struct ProcessEnd(int ExitCode)
{
    /// <summary>The signal that ended the process by the shell's convention, or null; a program that itself returns 128 + n looks the same.</summary>
    public int? Signal => !OperatingSystem.IsWindows() && ExitCode is > 128 and <= 192 ? ExitCode - 128 : null;
}
