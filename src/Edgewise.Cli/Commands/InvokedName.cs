using System.Text;
using Edgewise.Cli.Commands.Sancov;

namespace Edgewise.Cli.Commands;

/// <summary>Tells under which name this program was started: a link named <c>sancov</c> makes it that tool.</summary>
internal static class InvokedName
{
    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>The arguments, with <c>sancov</c> before them where that is the name.</summary>
    public static string[] AddTo(string[] args) => Is(SancovCommand.Name) ? [SancovCommand.Name, .. args] : args;

    // .NET follows links before it tells the program's path; Linux keeps the name that was typed.
    private static bool Is(string name)
    {
        string? started = Environment.ProcessPath;
        try
        {
            if (File.Exists(CommandLineFile))
            {
                byte[] line = File.ReadAllBytes(CommandLineFile);
                started = Encoding.UTF8.GetString(line, 0, Math.Max(0, Array.IndexOf(line, (byte)0)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it the program's path is as good a guess as there is.
        }

        return Path.GetFileNameWithoutExtension(started) == name;
    }
}
