using System.Diagnostics;
using Edgewise.Instrumentation;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>A copy of a program's output folder in which some assemblies are instrumented, to be run as a process of its own.</summary>
internal sealed class ProgramFolder : IDisposable
{
    private readonly string _folder;
    private readonly string _program;

    /// <summary>Makes the copy.</summary>
    /// <param name="program">Name of the program, which is that of its dll.</param>
    /// <param name="files">File names of the assemblies to instrument; none for the program as it is.</param>
    /// <param name="options">How.</param>
    public ProgramFolder(string program, IReadOnlyCollection<string> files, InstrumentationOptions options)
    {
        _program = program;
        _folder = Directory.CreateTempSubdirectory("edgewise-proof-").FullName;
        string source = RealAssemblies.FolderOf(program);
        foreach (string path in Directory.GetFiles(source))
        {
            // Without it the host takes every assembly in the folder, the Runtime's too.
            if (!path.EndsWith(".deps.json", StringComparison.Ordinal))
            {
                File.Copy(path, Path.Combine(_folder, Path.GetFileName(path)));
            }
        }

        foreach (string file in files)
        {
            Instrument(source, file, options);
        }

        const string Runtime = "Edgewise.Runtime.dll";
        File.Copy(Path.Combine(AppContext.BaseDirectory, Runtime), Path.Combine(_folder, Runtime), overwrite: true);
    }

    /// <summary>Runs the program.</summary>
    /// <param name="environment">Settings of the runtime, <c>NAME=value</c>.</param>
    /// <param name="arguments">Arguments of the program.</param>
    /// <returns>What it printed.</returns>
    public string Run(IEnumerable<string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder, _program + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string setting in environment)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            start.Environment[setting[..equals]] = setting[(equals + 1)..];
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{_program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Instrument(string source, string file, InstrumentationOptions options)
    {
        string path = Path.Combine(source, file);
        string symbols = Path.ChangeExtension(path, ".pdb");
        byte[]? pdb = File.Exists(symbols) ? File.ReadAllBytes(symbols) : null;
        InstrumentationResult result = Instrumenter.Instrument(File.ReadAllBytes(path), pdb, file, options);
        File.WriteAllBytes(Path.Combine(_folder, file), result.Image);
        if (result.Pdb is { } rewritten)
        {
            File.WriteAllBytes(Path.Combine(_folder, Path.GetFileName(symbols)), rewritten);
        }
    }
}
