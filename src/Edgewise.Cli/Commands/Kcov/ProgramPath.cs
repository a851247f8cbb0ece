using Edgewise.Kernel;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>Finds a program as a shell does.</summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of a program.</summary>
    /// <param name="name">A name to be found on PATH, or a path.</param>
    /// <param name="path">The variable PATH; null where it is not set.</param>
    /// <exception cref="KernelException">There is none, or it may not be executed.</exception>
    public static string Find(string name, string? path)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return !File.Exists(name) ? throw new KernelException($"{name}: there is no such program")
                : IsExecutable(name) ? Path.GetFullPath(name)
                : throw new KernelException($"{name}: may not be executed; chmod +x makes a program of it");
        }

        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(IsExecutable)
            ?? throw new KernelException($"{name}: there is no such program on PATH");
    }

    private static bool IsExecutable(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
}
