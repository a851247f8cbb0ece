namespace Edgewise.Runtime.Platform;

/// <summary>The environment of this process as both managed and native code see it; on Unix .NET keeps a copy of its own.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Sets a variable, or removes it where the value is null.</summary>
    public static void Set(string name, string? value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }

        _ = value is null ? Libc.UnsetEnvironment(name) : Libc.SetEnvironment(name, value, 1);
    }
}
