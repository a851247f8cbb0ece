using System.Diagnostics;
using System.Globalization;
using System.Resources;
using System.Runtime.InteropServices;

namespace Ends;

/// <summary>Prints what a program sees around it: everything that must be the same under instrumentation.</summary>
internal static partial class Surroundings
{
    public static int Show(string what, string[] args)
    {
        switch (what)
        {
            case "everything":
                ShowEverything(args);
                return 0;
            case "native":
                Console.WriteLine(ProcessIdOfNativeLibrary() == Environment.ProcessId);
                return 0;
            case "make-file":
                File.WriteAllText(Path.Combine(Path.GetDirectoryName(typeof(Surroundings).Assembly.Location)!, args[1]), "made");
                return 0;
            case "child":
                return RunChild();
            case "variables":
                ShowVariables();
                return 0;
            default:
                Console.Error.WriteLine($"unknown: {what}");
                return 2;
        }
    }

    private static void ShowEverything(string[] args)
    {
        Console.WriteLine($"base {AppContext.BaseDirectory}");
        Console.WriteLine($"working {Environment.CurrentDirectory}");
        Console.WriteLine($"arguments {string.Join('|', args)}");
        Console.WriteLine($"input {Console.In.ReadToEnd()}");
        Console.WriteLine($"beside {File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "beside.txt")).Trim()}");
        string own = Path.GetDirectoryName(typeof(Surroundings).Assembly.Location)!;
        Console.WriteLine($"folder {File.ReadAllText(Path.Combine(own, "folder", "deep.txt")).Trim()}");
        var resources = new ResourceManager("Ends.Greetings", typeof(Surroundings).Assembly);
        Console.WriteLine($"satellite {resources.GetString("Greeting", CultureInfo.GetCultureInfo("de"))}");
        Console.WriteLine($"switch {AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant) && invariant}");
        Console.Error.WriteLine("on standard error");
        try
        {
            Ways.Throw();
        }
        catch (InvalidOperationException e)
        {
            // The line numbers come from the PDB.
            Console.WriteLine(e.StackTrace);
        }
    }

    private static int RunChild()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Ends.dll"), "variables" },
        };
        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }

    private static void ShowVariables()
    {
        foreach (string name in (string[])["DOTNET_STARTUP_HOOKS", "EDGEWISE_MAP_FILE", "EDGEWISE_BASE_DIRECTORY"])
        {
            Console.WriteLine($"{name}={Environment.GetEnvironmentVariable(name)}");
        }

        bool isInstrumented = typeof(Surroundings).Assembly.GetType("<Edgewise>") is not null;
        Console.WriteLine($"instrumented {isInstrumented}, runtime {AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "Edgewise.Runtime")}");
    }

    [LibraryImport("beside", EntryPoint = "SystemNative_GetPid")]
    private static partial int ProcessIdOfNativeLibrary();
}
