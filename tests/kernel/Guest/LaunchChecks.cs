namespace Edgewise.Tests.Kernel.Guest;

internal static class LaunchChecks
{
    public static IEnumerable<string> Run() => [];
}
