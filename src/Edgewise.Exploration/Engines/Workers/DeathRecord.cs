using System.Runtime.InteropServices;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>How a process ended that had a job.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Number">The signal or the exit code.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DeathRecord(DeathCause Cause, int Number);
