namespace Edgewise.Cli.Commands.Fuzz;

/// <summary>Makes options of the flags with one dash that <c>edgewise fuzz</c> takes as libFuzzer does.</summary>
internal static class FuzzSpelling
{
    /// <summary>The hidden option that carries a flag.</summary>
    public const string Carrier = "--libfuzzer-flag";

    /// <summary>The same command line with each <c>-name=value</c> carried by an option.</summary>
    public static string[] Translate(string[] args) =>
        args is [FuzzCommand.Name, ..] ? [.. args.Select(arg => IsFlag(arg) ? $"{Carrier}={arg[1..]}" : arg)] : args;

    // '-h' and '-?' ask for help, as everywhere.
    private static bool IsFlag(string arg) => arg.Length > 2 && arg[0] == '-' && char.IsAsciiLetter(arg[1]);
}
