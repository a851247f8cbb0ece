using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;
using Edgewise.Symbols;

namespace Edgewise.Sancov;

/// <summary>Unites the <c>.sancov</c> files of each module and puts them on the module's point set.</summary>
public sealed class CoverageReader : IDisposable
{
    private readonly List<ModuleSymbols> _symbols = [];
    private readonly List<ModuleCoverage> _modules = [];
    private readonly List<string> _warnings = [];

    private CoverageReader() { }

    /// <summary>What ran, one a module, in the order the modules were given.</summary>
    public IReadOnlyList<ModuleCoverage> Modules => _modules;

    /// <summary>What a user should know, one sentence each that begins with a file's name.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads the coverage of modules.</summary>
    /// <param name="inputs">Modules, <c>.sancov</c> files and, where they do not stand beside these, point sets.</param>
    /// <param name="includeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
    /// <param name="lines">False where no source lines are asked for.</param>
    /// <exception cref="SancovException">Files do not go together; the message begins with the name of one.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    /// <exception cref="SymbolsException">A module is damaged.</exception>
    public static CoverageReader Read(CoverageInputs inputs, bool includeExcluded, bool lines)
    {
        CoverageReader reader = new();
        try
        {
            foreach (ModuleFiles module in ModuleFiles.Pair(inputs))
            {
                if (reader.FindPoints(module, inputs) is { } points)
                {
                    reader.Add(module, points, includeExcluded, lines);
                }
            }

            // Where nothing is left, what was left out first is the error.
            return reader._modules.Count > 0 ? reader : throw new SancovException(reader._warnings[0]);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Closes the modules; their functions can be asked for no longer.</summary>
    public void Dispose() => _symbols.ForEach(static symbols => symbols.Dispose());

    private PointSet? FindPoints(ModuleFiles module, CoverageInputs inputs)
    {
        if (module.Sancovs.Count > 0)
        {
            return new PointSetFinder(module, inputs.PointSets).Find();
        }

        UncoveredModule uncovered = new(module, inputs);
        PointSet? points = uncovered.FindPoints();
        if (uncovered.Note is { } note)
        {
            _warnings.Add(note);
        }

        return points;
    }

    private void Add(ModuleFiles module, PointSet points, bool includeExcluded, bool lines)
    {
        PcIndex index = new(points);
        byte[] hit = new byte[points.PointCount];
        foreach (SancovInput sancov in module.Sancovs)
        {
            int strangers = index.Mark(sancov.Pcs, hit, out ulong first);
            if (strangers > 0)
            {
                throw new SancovException(
                    $"{sancov.Path}: {strangers} of its {sancov.Pcs.Length} PCs are no points of {module.Name}, the first is 0x{first:x}");
            }
        }

        ModuleSymbols symbols = ModuleSymbols.Read(module.Symbols.Image, module.Symbols.Path, lines);
        _symbols.Add(symbols);
        _warnings.AddRange(symbols.Warnings);
        _modules.Add(new ModuleCoverage(points, hit, symbols, includeExcluded));
    }
}
