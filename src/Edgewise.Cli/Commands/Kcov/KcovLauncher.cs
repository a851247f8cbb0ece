using Edgewise.Kernel;
using Edgewise.Kernel.Running;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>Starts a program through the native launcher, where this process stands: same streams, same terminal, same signals.</summary>
internal static class KcovLauncher
{
    private const string Name = "edgewise_kcov_exec";

    /// <summary>The program as work to be recorded.</summary>
    /// <param name="words">The program's name or path, and its arguments.</param>
    /// <param name="ended">Receives the exit code of each run.</param>
    /// <exception cref="KernelException">The program or the launcher is not there.</exception>
    public static LaunchedProgram Of(IReadOnlyList<string> words, Action<int> ended)
    {
        string path = ProgramPath.Find(words[0], Environment.GetEnvironmentVariable("PATH"));
        string launcher = NativeFiles.Find(Name) ?? throw new KernelException(NativeFiles.Missing(Name));
        MakeExecutable(launcher);
        return new LaunchedProgram(launcher, path, words, (file, arguments, started) =>
        {
            using SupervisedProcess process = SupervisedProcess.Start(file, arguments, new Dictionary<string, string?>());
            started();
            ended(process.WaitForEnd().ExitCode);
        });
    }

    // A package does not carry the right to execute.
    private static void MakeExecutable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            UnixFileMode mode = File.GetUnixFileMode(path);
            if ((mode & UnixFileMode.UserExecute) == 0)
            {
                File.SetUnixFileMode(path, mode | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"{path}: may not be executed: {e.Message}; chmod +x makes a program of it", e);
        }
    }
}
