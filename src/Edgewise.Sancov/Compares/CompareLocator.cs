using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;
using Edgewise.Symbols;

namespace Edgewise.Sancov.Compares;

/// <summary>Finds the source lines of the sites of one run.</summary>
/// <remarks>
/// A module is one of those that were given, else the one that the record of the run names, if it is still that build. Its point set stands beside the
/// record, or in the instrumented image, and says which method a PC lies in.
/// </remarks>
/// <param name="folder">Folder of the run's files.</param>
/// <param name="run">Record of the run, or null.</param>
/// <param name="given">Modules that were named.</param>
internal sealed class CompareLocator(string folder, RunRecord? run, IReadOnlyList<ModuleInput> given) : IDisposable
{
    private readonly Dictionary<string, Module> _modules = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>Why lines are missing, one sentence each that begins with a file's name.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Finds the place of a compare.</summary>
    /// <exception cref="SancovException">A module that was named is of another build.</exception>
    /// <exception cref="CoverageFormatException">A point set is damaged.</exception>
    /// <exception cref="SymbolsException">A module is damaged.</exception>
    public LocatedCompare Locate(RecordedCompare compare)
    {
        if (!_modules.TryGetValue(compare.Module, out Module? module))
        {
            _modules.Add(compare.Module, module = Find(compare.Module));
        }

        PointMethod method = module.MethodAt(compare.Pc);
        if (module.Symbols is not { } symbols || method.Token == 0)
        {
            return new LocatedCompare(compare, null, null);
        }

        int user = symbols.UserMethodOf(method.Token);
        return new LocatedCompare(compare, symbols.NameOf(user == 0 ? method.Token : user), symbols.LocationOf(method.Token, compare.Pc - method.Rva));
    }

    /// <summary>Closes the modules.</summary>
    public void Dispose()
    {
        foreach (Module module in _modules.Values)
        {
            module.Symbols?.Dispose();
        }
    }

    private Module Find(string name)
    {
        RunModule? recorded = run?.Modules.FirstOrDefault(module => FileNames.Plain(module.Name) == name);
        if (FindImage(name, recorded) is not { } image)
        {
            return new Module([], null);
        }

        PointSet? points = FindPoints(name, recorded, image);
        if (points is null)
        {
            _warnings.Add($"{image.Path}: its point set is not in {(folder.Length == 0 ? "the current folder" : folder)}, so its places have no lines");
            return new Module([], null);
        }

        ModuleSymbols symbols = ModuleSymbols.Read(image.Image, image.Path);
        _warnings.AddRange(symbols.Warnings);
        if (symbols.IsInstrumented)
        {
            _warnings.Add($"{image.Path}: an instrumented image tells no lines; name the original, too");
        }
        else if (!symbols.HasLines && symbols.Warnings.Count == 0)
        {
            _warnings.Add($"{image.Path}: no PDB is beside it, so its places have no lines");
        }

        return new Module([.. points.Methods.OrderBy(static method => method.Rva)], symbols);
    }

    private ModuleInput? FindImage(string name, RunModule? recorded)
    {
        ModuleInput[] named = [.. given.Where(module => FileNames.Plain(module.FileName) == name).OrderBy(static module => module.Points is not null)];
        if (named.Length > 0)
        {
            string hash = Convert.ToHexStringLower(named[0].OriginalHash);
            return recorded is null || recorded.OriginalHash == hash ? named[0]
                : throw new SancovException($"{named[0].Path}: another build than the one that ran: {hash} instead of {recorded.OriginalHash}");
        }

        if (recorded is null || !File.Exists(recorded.Path))
        {
            _warnings.Add($"{name}: not at hand, so its places have no lines; name the module, too");
            return null;
        }

        ModuleInput? found = CoverageInputs.Read([recorded.Path]).Modules.SingleOrDefault();
        if (found is null || Convert.ToHexStringLower(found.OriginalHash) != recorded.OriginalHash)
        {
            _warnings.Add($"{recorded.Path}: another build than the one that ran, so its places have no lines; name the one that ran, too");
            return null;
        }

        return found;
    }

    private PointSet? FindPoints(string name, RunModule? recorded, ModuleInput image)
    {
        string file = recorded is null ? FileNames.Points(name, Convert.ToHexStringLower(image.OriginalHash.AsSpan(0, sizeof(long)))) : Path.GetFileName(recorded.PointsFile);
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? PointSetCodec.Read(FileContent.Read(path), path) : image.Points;
    }

    private sealed record Module(PointMethod[] Methods, ModuleSymbols? Symbols)
    {
        // The method whose code a PC lies in; one without a token where there is none.
        public PointMethod MethodAt(int pc)
        {
            int low = 0, high = Methods.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = Methods[middle].Rva <= pc ? (middle + 1, high) : (low, middle);
            }

            return low > 0 && pc < Methods[low - 1].Rva + Methods[low - 1].CodeSize ? Methods[low - 1] : default;
        }
    }
}
