using System.Runtime.ExceptionServices;
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

    private readonly ICollection<string>? _failures;

    private CoverageReader(ICollection<string>? failures) => _failures = failures;

    /// <summary>What ran, one a module, in the order the modules were given.</summary>
    public IReadOnlyList<ModuleCoverage> Modules => _modules;

    /// <summary>What a user should know, one sentence each that begins with a file's name.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads the coverage of modules.</summary>
    /// <param name="inputs">Modules, <c>.sancov</c> files and, where they do not stand beside these, point sets.</param>
    /// <param name="includeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
    /// <param name="lines">False where no source lines are asked for.</param>
    /// <param name="failures">
    /// Receives what does not go together, one sentence each that begins with a file's name; that file is left out, and the others are still read. Null: the first is thrown.
    /// </param>
    /// <exception cref="SancovException">Files do not go together; the message begins with the name of one.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged.</exception>
    /// <exception cref="SymbolsException">A module is damaged.</exception>
    public static CoverageReader Read(CoverageInputs inputs, bool includeExcluded, bool lines, ICollection<string>? failures = null)
    {
        CoverageReader reader = new(failures);
        try
        {
            foreach (ModuleFiles module in ModuleFiles.Pair(inputs, reader.Fail))
            {
                reader.Try(() => reader.Add(module, inputs, includeExcluded, lines));
            }

            // Where nothing is left, what was left out first is the error.
            if (reader._modules.Count == 0 && failures is not { Count: > 0 })
            {
                reader.Fail(new SancovException(reader._warnings[0]));
                reader._warnings.RemoveAt(0);
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Closes the modules; their functions can be asked for no longer.</summary>
    public void Dispose() => _symbols.ForEach(static symbols => symbols.Dispose());

    private void Fail(Exception failure)
    {
        if (_failures is null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        _failures.Add(failure.Message);
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is SancovException or CoverageFormatException or SymbolsException && _failures is not null)
        {
            Fail(e);
        }
    }

    private void Add(ModuleFiles module, CoverageInputs inputs, bool includeExcluded, bool lines)
    {
        PointSetFinder finder = new(module, inputs.PointSets);
        List<SancovInput> fitting = [];
        foreach (SancovInput sancov in module.Sancovs)
        {
            Try(() =>
            {
                finder.Fit(sancov);
                fitting.Add(sancov);
            });
        }

        PointSet? points = module.Sancovs.Count > 0 ? finder.Found : FindPointsWithoutSancov(module, inputs);
        if (points is not null)
        {
            Add(module, fitting, points, includeExcluded, lines);
        }
    }

    private PointSet? FindPointsWithoutSancov(ModuleFiles module, CoverageInputs inputs)
    {

        UncoveredModule uncovered = new(module, inputs);
        PointSet? points = uncovered.FindPoints();
        if (uncovered.Note is { } note)
        {
            _warnings.Add(note);
        }

        return points;
    }

    private void Add(ModuleFiles module, List<SancovInput> sancovs, PointSet points, bool includeExcluded, bool lines)
    {
        PcIndex index = new(points);
        byte[] hit = new byte[points.PointCount];
        int lost = 0;
        foreach (SancovInput sancov in sancovs)
        {
            byte[] own = new byte[hit.Length];
            int strangers = index.Mark(sancov.Pcs, own, out ulong first);
            if (strangers > 0)
            {
                lost++;
                Fail(new SancovException(
                    $"{sancov.Path}: {strangers} of its {sancov.Pcs.Length} PCs are no points of {module.Name}, the first is 0x{first:x}"));
                continue;
            }

            for (int point = 0; point < hit.Length; point++)
            {
                hit[point] |= own[point];
            }
        }

        if (lost > 0 && lost == sancovs.Count)
        {
            // Nothing is known of what ran, which is not to say that nothing did.
            return;
        }

        ModuleSymbols symbols = ModuleSymbols.Read(module.Symbols.Image, module.Symbols.Path, lines);
        _symbols.Add(symbols);
        _warnings.AddRange(symbols.Warnings);
        _modules.Add(new ModuleCoverage(points, hit, symbols, includeExcluded));
    }
}
