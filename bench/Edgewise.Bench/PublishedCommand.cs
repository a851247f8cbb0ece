namespace Edgewise.Bench;

/// <summary>The <c>edgewise</c> command as its users have it: published, and compiled ahead of time.</summary>
internal static class PublishedCommand
{
    private const string Place = "artifacts/publish/Edgewise.Cli/release_linux-x64/edgewise";
    private const string Publish = "dotnet publish src/Edgewise.Cli -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true";

    /// <summary>What is missing where there is none, and how to make it.</summary>
    public const string Missing = $"there is no {Place}; make it with: {Publish}";

    /// <summary>Its path; null where it was not published.</summary>
    public static string? Find() => Path.Combine(RepositoryFiles.Root, Place) is { } path && File.Exists(path) ? path : null;
}
