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
        ReadOnlySpan<ulong> all = Points.Pcs;
        ulong[] pcs = new ulong[all.Length];
        int count = 0;
        for (int point = 0; point < all.Length; point++)
        {
            if (_hit[point] != 0)
            {
                pcs[count++] = all[point];
            }
        }

        Array.Resize(ref pcs, count);
        return pcs;
    }

    /// <summary>True if there is a point with a PC, and it was hit.</summary>
    public bool IsHit(ulong pc) => Points.PointOf(pc) is >= 0 and int point && _hit[point] != 0;

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

            if (Strangers(sancov.Pcs, out ulong first) is > 0 and int strangers)
            {
                failures.Add($"{sancov.Path}: {strangers} of its {sancov.Pcs.Length} PCs are no points of {Points.File.Path}, the first is 0x{first:x}: recorded on another build");
                continue;
            }

            foreach (ulong pc in sancov.Pcs)
            {
                if (pc != 0)
                {
                    _hit[Points.PointOf(pc)] = 1;
                }
            }
        }
    }

    // How many PCs are no points, and the first of them.
    private int Strangers(ulong[] pcs, out ulong first)
    {
        int count = 0;
        first = 0;
        foreach (ulong pc in pcs)
        {
            if (pc != 0 && Points.PointOf(pc) < 0)
            {
                first = count++ == 0 ? pc : first;
            }
        }

        return count;
    }
}
