using Edgewise.Sancov.Inputs;
using Edgewise.Symbols;
using Edgewise.Symbols.Points;

namespace Edgewise.Sancov.Native;

/// <summary>Which points of a native binary were hit, by one run or by several.</summary>
public sealed class NativeCoverage
{
    private readonly byte[] _hit;

    private NativeCoverage(BinaryPoints points)
    {
        Points = points;
        _hit = new byte[points.Pcs.Length];
    }

    /// <summary>The binary's points.</summary>
    public BinaryPoints Points { get; }

    /// <summary>File name of the binary.</summary>
    public string Name => Path.GetFileName(Points.File.Path);

    /// <summary>One byte a point; 1 for a hit.</summary>
    public ReadOnlySpan<byte> Hit => _hit;

    /// <summary>Puts the native binaries and <c>.sancov</c> files among some files together.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="failures">Receives what does not go together, one sentence each that begins with a file's name; such a file is left out.</param>
    /// <param name="notes">Receives what else a user should know.</param>
    /// <returns>The binaries that have points, in the order given.</returns>
    public static IReadOnlyList<NativeCoverage> Read(CoverageInputs inputs, ICollection<string> failures, ICollection<string> notes)
    {
        List<NativeCoverage> modules = [];
        foreach (Symbols.Elf.ElfFile file in inputs.Binaries)
        {
            string name = Path.GetFileName(file.Path);
            if (modules.Find(module => module.Name == name) is { } first)
            {
                failures.Add($"{file.Path}: a second {name}, beside {first.Points.File.Path}. Give one build of a binary");
            }
            else if (Find(file, failures) is { } points)
            {
                NativeCoverage module = new(points);
                module.Mark([.. inputs.NativeSancovs.Where(sancov => sancov.ModuleName == name)], failures, notes);
                modules.Add(module);
            }
        }

        return modules;
    }

    /// <summary>PCs of the points that were hit, ascending.</summary>
    public ulong[] CoveredPcs()
    {
        List<ulong> pcs = [];
        for (int point = 0; point < _hit.Length; point++)
        {
            if (_hit[point] != 0)
            {
                pcs.Add(Points.Pcs[point]);
            }
        }

        return [.. pcs];
    }

    /// <summary>The points of a binary; null, and a failure, where there are none.</summary>
    public static BinaryPoints? Find(Symbols.Elf.ElfFile file, ICollection<string> failures)
    {
        try
        {
            BinaryPoints points = BinaryPoints.Find(file);
            if (points.Source != PointSource.None)
            {
                return points;
            }

            failures.Add($"{file.Path}: has no coverage points: neither a call of __sanitizer_cov_trace_pc_guard or its kind nor a table __sancov_pcs");
        }
        catch (SymbolsException e)
        {
            failures.Add(e.Message);
        }

        return null;
    }

    private void Mark(SancovInput[] sancovs, ICollection<string> failures, ICollection<string> notes)
    {
        if (sancovs.Length == 0)
        {
            notes.Add($"{Points.File.Path}: no .sancov file of this binary is among the files, so nothing of it counts as covered");
        }

        foreach (SancovInput sancov in sancovs)
        {
            if (BuildIdRecord.Mismatch(sancov, Points.File) is { } mismatch)
            {
                failures.Add(mismatch);
                continue;
            }

            ulong[] strangers = [.. sancov.Pcs.Where(pc => pc != 0 && Points.PointOf(pc) < 0)];
            if (strangers.Length > 0)
            {
                failures.Add($"{sancov.Path}: {strangers.Length} of its {sancov.Pcs.Length} PCs are no points of {Points.File.Path}, the first is 0x{strangers[0]:x}: recorded on another build");
                continue;
            }

            foreach (ulong pc in sancov.Pcs.Where(static pc => pc != 0))
            {
                _hit[Points.PointOf(pc)] = 1;
            }
        }
    }
}
