using System.Runtime.Loader;
using Edgewise.Runtime;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Platform;

/// <summary>
/// The entry that .NET calls before a program's own where <c>DOTNET_STARTUP_HOOKS</c> names this assembly. It leaves the program an environment as
/// if it had not been there, so that child processes run as without it.
/// </summary>
internal static class StartupHook
{
    private const string HooksVariable = "DOTNET_STARTUP_HOOKS";
    private const string BaseDirectoryVariable = "EDGEWISE_BASE_DIRECTORY";
    private const string BaseDirectoryKey = "APP_CONTEXT_BASE_DIRECTORY";

    /// <summary>Called by the runtime; the name and the missing namespace are its convention.</summary>
    public static void Initialize()
    {
        try
        {
            string? baseDirectory = Environment.GetEnvironmentVariable(BaseDirectoryVariable);
            if (!string.IsNullOrEmpty(baseDirectory))
            {
                AppContext.SetData(BaseDirectoryKey, baseDirectory);
            }

            // Instrumented code may ask for the Runtime by name; the program's own folder need not have it.
            AssemblyLoadContext.Default.Resolving += static (_, name) =>
                name.Name == typeof(StartupHook).Assembly.GetName().Name ? typeof(StartupHook).Assembly : null;
            Host.Install();
            ProcessEnvironment.Set(HooksVariable, WithoutThis(Environment.GetEnvironmentVariable(HooksVariable)));
            ProcessEnvironment.Set(BaseDirectoryVariable, null);
            ProcessEnvironment.Set(MapSource.Variable, null);
        }
        catch (Exception failure)
        {
            // Whatever it was: an exception here would end the program before it began.
            Notice.Write($"start-up hook: {failure.Message}");
        }
    }

    /// <summary>The other hooks of a list, or null where there are none.</summary>
    internal static string? WithoutThis(string? hooks)
    {
        string own = typeof(StartupHook).Assembly.GetName().Name!;
        string[] others = [.. (hooks ?? string.Empty).Split(Path.PathSeparator).Where(hook =>
            hook.Length != 0 && hook != own && !Path.GetFileName(hook).Equals($"{own}.dll", StringComparison.OrdinalIgnoreCase))];
        return others.Length == 0 ? null : string.Join(Path.PathSeparator, others);
    }
}
