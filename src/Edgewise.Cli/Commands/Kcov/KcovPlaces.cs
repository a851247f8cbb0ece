using System.Runtime.InteropServices;
using Edgewise.Kernel;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>Where the PCs that ran stand: their points, and what those are called.</summary>
/// <param name="Points">Addresses that tools know the PCs by, ascending; with the kernel's file, only those at which it calls the callback.</param>
/// <param name="LeftOut">PCs whose point is none.</param>
/// <param name="Frames">By PC of the record, what the symboliser says; empty without the kernel's file.</param>
internal sealed record KcovPlaces(ulong[] Points, int LeftOut, IReadOnlyDictionary<ulong, Frame[]> Frames)
{
    /// <summary>Functions that ran, those into which others were inlined.</summary>
    public int Functions => Frames.Values.Select(frames => frames[^1].Function).Distinct().Count();

    /// <summary>Finds them.</summary>
    /// <param name="result">The run.</param>
    /// <param name="warnings">Receives what a user should know.</param>
    /// <exception cref="KernelException">The kernel's file is damaged, or the symboliser is not there.</exception>
    public static KcovPlaces Find(KcovResult result, ICollection<string> warnings)
    {
        ulong[] pcs = result.Record.ReachedPcs;
        if (result.Image is not { } image)
        {
            // Without the kernel's file, its processor is this one.
            uint back = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 4u : 1u;
            return new KcovPlaces([.. pcs.Select(pc => pc - back)], 0, new Dictionary<ulong, Frame[]>());
        }

        ulong[] addresses = [.. pcs.Select(image.PointOf)];
        ulong[] points = image.KnownPoints(addresses);
        if (points.Length < addresses.Length)
        {
            warnings.Add($"{addresses.Length - points.Length} of {addresses.Length} PCs are no points of {image.Path}: callbacks at the end of a function, which are jumped to and tell the caller's PC; .sancov leaves them out");
        }

        Frame[][] frames = addresses.Length == 0 ? [] : image.NamesOf(addresses, warnings);
        return new KcovPlaces(points, addresses.Length - points.Length, pcs.Zip(frames).ToDictionary(pair => pair.First, pair => pair.Second));
    }
}
