namespace Edgewise.IntegrationTests.Runtime;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ProgramEnd(int ProcessId, int ExitCode, string Output, string Error);
