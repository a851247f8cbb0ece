using Edgewise.Runtime.Formats;
using Edgewise.Symbols;

namespace Edgewise.IntegrationTests.Run;

/// <summary>A folder for the coverage files of one test.</summary>
internal sealed class CoverageFolder : IDisposable
{
    /// <summary>Full path; the folder is there.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edgewise-test-").FullName;

    /// <summary>Names of the functions in a module's own namespace that ran, as <c>Type.Method</c>, in order.</summary>
    /// <param name="program">The original module.</param>
    public IReadOnlyList<string> CoveredFunctions(string program)
    {
        string file = System.IO.Path.GetFileName(program), module = System.IO.Path.GetFileNameWithoutExtension(program);
        string pointsFile = Assert.Single(Directory.GetFiles(Path, $"{file}.*.points"));
        string sancovFile = Assert.Single(Directory.GetFiles(Path, $"{file}.*.sancov"));
        PointSet points = PointSetCodec.Read(File.ReadAllBytes(pointsFile), pointsFile);
        HashSet<ulong> pcs = [.. SancovFile.Read(sancovFile)];
        using ModuleSymbols symbols = ModuleSymbols.Open(program, lines: false);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (int point = 0; point < points.PointCount; point++)
        {
            if (pcs.Contains((ulong)points.Pcs[point]))
            {
                int token = symbols.UserMethodOf(points.Methods[points.MethodOfPoint(point)].Token);
                string name = symbols.NameOf(token);
                if (name.StartsWith($"{module}.", StringComparison.Ordinal))
                {
                    names.Add(name[(module.Length + 1)..]);
                }
            }
        }

        return [.. names];
    }

    /// <summary>The record of the one run that left its files here.</summary>
    public RunRecord Record() => RunFile.Read(Assert.Single(Directory.GetFiles(Path, "run.*.json")));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
