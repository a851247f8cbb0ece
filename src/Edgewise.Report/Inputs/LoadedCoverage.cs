using Edgewise.Report.Building;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Inputs;
using Edgewise.Sancov.Native;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Report.Inputs;

/// <summary>Coverage that was read, united and named once; reports are made of it as often as counters change.</summary>
public sealed class LoadedCoverage : IDisposable
{
    private readonly CoverageReader? _reader;
    private readonly IReadOnlyList<SymbolizedModule> _native;
    private readonly IReadOnlyList<SymbolizedCoverage> _symcovs;
    private readonly IReadOnlyList<PointHits> _hits;

    private LoadedCoverage(CoverageReader? reader, IReadOnlyList<SymbolizedModule> native, IReadOnlyList<SymbolizedCoverage> symcovs, IReadOnlyList<PointHits> hits)
    {
        _reader = reader;
        _native = native;
        _symcovs = symcovs;
        _hits = hits;
    }

    /// <summary>True if there is nothing to report.</summary>
    public bool IsEmpty => (_reader?.Modules.Count ?? 0) + _native.Count + _symcovs.Count == 0;

    /// <summary>Reads coverage: all runs of a module are united first, and its points are named once.</summary>
    /// <param name="files">The files; maps are none of them, their <c>.sancov</c> files are.</param>
    /// <param name="hits">Counters that are known already.</param>
    /// <param name="options">What of native binaries is left out, and how they are named. A prefix of paths is the report's business, and ignored.</param>
    /// <param name="includeExcluded">True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</param>
    /// <param name="failures">Receives what is wrong with a file, one sentence each that begins with its name; the others are read all the same.</param>
    /// <param name="notes">Receives what else a user should know.</param>
    public static LoadedCoverage Load(
        InputFiles files, IReadOnlyList<PointHits> hits, NativeOptions options, bool includeExcluded, ICollection<string> failures, ICollection<string> notes)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(failures);
        ArgumentNullException.ThrowIfNull(notes);
        CoverageInputs inputs = CoverageInputs.Read(files.Coverage, failures);
        CoverageReader? reader = ReadModules(inputs, includeExcluded, failures, notes);
        IReadOnlyList<NativeCoverage> binaries = NativeCoverage.Read(inputs, failures, notes);
        IReadOnlyList<SymbolizedModule> native = binaries.Count == 0 ? [] : SymbolizedModule.Symbolize(binaries, options with { StripPathPrefix = "" }, notes);
        CounterFiles counters = new(reader?.Modules ?? [], binaries);

        // What is wrong with a module was said: not once more of each file with its counters.
        bool isModuleLost = reader is null && inputs.Modules.Count > 0;
        PointHits[] counted = [.. files.Counters.Select(path => counters.Read(path, isModuleLost ? [] : failures)).OfType<PointHits>()];
        return new LoadedCoverage(reader, native, inputs.Symcovs, [.. hits, .. counted]);
    }

    /// <summary>Makes a report.</summary>
    /// <param name="options">How; its counters are added to those that were loaded, and a point that they count ran.</param>
    public CoverageReport ToReport(ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<PointHits> live = options.Hits;
        ReportBuilder builder = new(options with { Hits = [.. _hits, .. live] });
        foreach (ModuleCoverage module in _reader?.Modules ?? [])
        {
            builder.Add(WithHits(module, PointHits.Of(live, module.Name, Convert.ToHexStringLower(module.Points.OriginalHash))));
        }

        foreach (SymbolizedModule module in _native)
        {
            builder.Add(PointHits.Of(live, module.Name, module.Coverage.Points.File.BuildId ?? "") is { } counts ? module.With(pc => IsHit(counts, pc)) : module);
        }

        foreach (SymbolizedCoverage symcov in _symcovs)
        {
            builder.Add(symcov);
        }

        return builder.ToReport();
    }

    /// <summary>Closes the modules.</summary>
    public void Dispose() => _reader?.Dispose();

    private static CoverageReader? ReadModules(CoverageInputs inputs, bool includeExcluded, ICollection<string> failures, ICollection<string> notes)
    {
        if (inputs.Modules.Count == 0)
        {
            foreach (SancovInput alone in inputs.ManagedSancovs)
            {
                failures.Add($"{alone.Path}: its module {alone.ModuleName} is not among the files");
            }

            return null;
        }

        try
        {
            CoverageReader reader = CoverageReader.Read(inputs, includeExcluded, lines: true);
            foreach (string warning in reader.Warnings)
            {
                notes.Add(warning);
            }

            foreach (ModuleCoverage module in reader.Modules.Where(static module => module.Symbols is { HasLines: false, Warnings.Count: 0 }))
            {
                notes.Add($"{module.Symbols!.Path}: no portable PDB is beside it or in it, so its functions are told by type, without lines");
            }

            return reader;
        }
        catch (Exception e) when (e is SancovException or CoverageFormatException or Symbols.SymbolsException)
        {
            failures.Add(e.Message);
            return null;
        }
    }

    private static ModuleCoverage WithHits(ModuleCoverage module, IReadOnlyDictionary<ulong, HitCount>? counts)
    {
        if (counts is null)
        {
            return module;
        }

        byte[] hit = module.Hit.ToArray();
        for (int point = 0; point < hit.Length; point++)
        {
            hit[point] |= IsHit(counts, (uint)module.Points.Pcs[point]) ? (byte)1 : (byte)0;
        }

        return module.With(hit);
    }

    private static bool IsHit(IReadOnlyDictionary<ulong, HitCount> counts, ulong pc) => counts.TryGetValue(pc, out HitCount count) && count.Count > 0;
}
