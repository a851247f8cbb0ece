using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Machine;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>What came of a run.</summary>
/// <param name="Program">The program and its arguments.</param>
/// <param name="Kernel">The kernel that ran it.</param>
/// <param name="Image">The kernel's file, where it was given.</param>
/// <param name="Names">What names of places are made of.</param>
/// <param name="Record">What was recorded.</param>
/// <param name="ExitCode">The program's exit code.</param>
internal sealed record KcovResult(IReadOnlyList<string> Program, RunningKernel Kernel, KernelImage? Image, KcovNames Names, KernelRecord Record, int ExitCode);
