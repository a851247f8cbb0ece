using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>A copy of a program that <c>edgewise instrument</c> made, to be run with the start-up hook alone.</summary>
internal sealed class HookedCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-hooked-").FullName;

    public HookedCopy(string program, params string[] options)
    {
        using ChildProcess process = ChildProcess.Start([TestPrograms.Edgewise, "instrument", program, "-o", _folder, .. options]);
        Assert.True(process.WaitForEnd() == 0, process.Error);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(program)!))
        {
            if (!File.Exists(Path.Combine(_folder, Path.GetFileName(file))))
            {
                File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
            }
        }

        Program = Path.Combine(_folder, Path.GetFileName(program));
    }

    public string Program { get; }

    public ChildProcess Start(string options, string[] arguments, params (string Name, string Value)[] variables) => ChildProcess.Start(
        [Program, .. arguments],
        folder: null,
        [("DOTNET_STARTUP_HOOKS", Path.Combine(AppContext.BaseDirectory, "Edgewise.Runtime.dll")), ("EDGEWISE_OPTIONS", options), .. variables]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
