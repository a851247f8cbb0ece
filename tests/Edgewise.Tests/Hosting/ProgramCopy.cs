namespace Edgewise.Tests.Hosting;

/// <summary>The <c>edgewise</c> command, a real program with projects and packages, as its build left it beside these tests.</summary>
internal static class ProgramCopy
{
    private static readonly string[] Patterns = ["edgewise.*", "Edgewise.*.dll", "System.CommandLine.dll", "Spectre.Console.dll"];

    /// <summary>Copies the program with its dependencies and what is needed to start it.</summary>
    /// <returns>Path of its assembly.</returns>
    public static string Of(TemporaryFolder folder)
    {
        foreach (string file in Patterns.SelectMany(p => Directory.GetFiles(AppContext.BaseDirectory, p)).Distinct())
        {
            folder.Copy(file);
        }

        return folder.At("edgewise.dll");
    }
}
