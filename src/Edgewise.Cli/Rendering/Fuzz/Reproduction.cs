using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>The command that runs an input again, as it is pasted into a shell.</summary>
internal static class Reproduction
{
    private const string Plain = "@%+=:,./-_";

    /// <summary>The command.</summary>
    /// <param name="settings">The campaign.</param>
    /// <param name="artifact">Path of the input.</param>
    /// <param name="folder">The folder that the user is in; paths below it are told from there.</param>
    public static string Command(FuzzSettings settings, string artifact, string folder)
    {
        List<string> words = ["edgewise", "fuzz", Near(settings.TargetPath, folder), Near(artifact, folder)];
        if (settings.Method is { } method)
        {
            words.AddRange(["--method", method]);
        }

        if (settings.Expected.Count > 0)
        {
            words.AddRange(["--expects", string.Join(',', settings.Expected)]);
        }

        return string.Join(' ', words.Select(Quote));
    }

    /// <summary>A word as a POSIX shell takes it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Near(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, Path.GetFullPath(path, folder));
        string chosen = relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path, folder) : relative;

        // What looks like a flag is none.
        return chosen.StartsWith('-') ? $"./{chosen}" : chosen;
    }
}
