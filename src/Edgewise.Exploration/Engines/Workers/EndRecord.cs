using System.Runtime.InteropServices;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>The fixed part of how a job ended.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct EndRecord(int Bug, int SignatureLength, long Draws, int Segments, int Unused = 0)
{
    /// <summary><see cref="Bug"/> of a good end.</summary>
    public const int NoBug = -1;
}
