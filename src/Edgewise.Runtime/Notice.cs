using System.Text;

namespace Edgewise.Runtime;

/// <summary>Lines for the user on standard error, each with the prefix <c>edgewise: </c>.</summary>
internal static class Notice
{
    /// <summary>Writes a line, past <see cref="Console"/>, whose set-up of the terminal is the program's affair. A closed stream is no error.</summary>
    public static void Write(string line)
    {
        try
        {
            using Stream error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes($"edgewise: {line}{Environment.NewLine}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // There is nobody to tell.
        }
    }
}
