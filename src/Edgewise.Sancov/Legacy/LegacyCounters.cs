using System.Numerics;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>A <c>MODULE.PID.counters-sancov</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Classes">One byte a point: zero, or the bit of its hit-count class.</param>
public sealed record LegacyCounters(string Path, byte[] Classes)
{
    private static readonly string[] Names = ["1", "2", "3", "4-7", "8-15", "16-31", "32-127", "128+"];

    /// <summary>Points that were reached.</summary>
    public int CoveredCount => Classes.Length - Classes.AsSpan().Count((byte)0);

    /// <summary>Reads a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static LegacyCounters Read(string path)
    {
        byte[] content = FileContent.Read(path);
        int wrong = Array.FindIndex(content, static bits => BitOperations.PopCount(bits) > 1);
        return wrong < 0
            ? new LegacyCounters(path, content)
            : throw new CoverageFormatException($"{path}: counters, offset {wrong}: byte 0x{content[wrong]:x2}; zero or one bit expected");
    }

    /// <summary>The counts that a class stands for.</summary>
    /// <param name="bits">One bit, or zero.</param>
    public static string NameOf(byte bits) => bits == 0 ? "0" : Names[BitOperations.Log2(bits)];
}
