using Edgewise.Report.Model;
using Edgewise.Sancov;
using Edgewise.Sancov.Native;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Report.Building;

/// <summary>Collects modules of all kinds, and makes a report of them: a source that several of them have is one file.</summary>
/// <param name="options">How the report is made.</param>
public sealed class ReportBuilder(ReportOptions options)
{
    private readonly Dictionary<string, FileBuilder> _files = new(StringComparer.Ordinal);
    private readonly List<ReportModule> _modules = [];
    private readonly SourcePaths _paths = new(options.StripPathPrefix), _plainPaths = new("");
    private readonly Dictionary<object, int> _numbers = [];

    /// <summary>Adds a .NET module.</summary>
    public void Add(ModuleCoverage module) => new ManagedModulePart(this, module).Add();

    /// <summary>Adds a native binary. Its paths must be whole: they are stripped here.</summary>
    public void Add(SymbolizedModule module) => new NativeModulePart(this, module).Add();

    /// <summary>Adds a <c>.symcov</c>.</summary>
    public void Add(SymbolizedCoverage symcov) => new SymcovPart(this, symcov).Add();

    /// <summary>The report of what was added.</summary>
    public CoverageReport ToReport() => new(_modules, _files.Values.Select(static file => file.ToFile()));

    internal void Add(ReportModule module) => _modules.Add(module);

    /// <summary>The counters of a module, by PC; null where there are none.</summary>
    internal IReadOnlyDictionary<ulong, HitCount>? HitsOf(string moduleName, string identity) => PointHits.Of(options.Hits, moduleName, identity);

    /// <summary>The file of a path.</summary>
    internal FileBuilder FileOf(string path)
    {
        string plain = _plainPaths.Of(path);
        if (!_files.TryGetValue(plain, out FileBuilder? file))
        {
            string name = _paths.Of(path);
            _files.Add(plain, file = new FileBuilder(plain, name.Length == 0 ? plain : name));
        }

        return file;
    }

    /// <summary>The file of a path, where there is one already.</summary>
    internal FileBuilder? Find(string path) => _files.GetValueOrDefault(_plainPaths.Of(path));

    /// <summary>The stand-in for a file where there is no debug information.</summary>
    internal FileBuilder FileWithoutSource(string name)
    {
        // No path has a zero in it.
        string key = "\0" + name;
        if (!_files.TryGetValue(key, out FileBuilder? file))
        {
            _files.Add(key, file = new FileBuilder("", name));
        }

        return file;
    }

    /// <summary>A number that stands for a thing: equal things have the same.</summary>
    internal int NumberOf(object thing)
    {
        if (!_numbers.TryGetValue(thing, out int number))
        {
            _numbers.Add(thing, number = _numbers.Count + 1);
        }

        return number;
    }
}
