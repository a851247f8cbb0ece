namespace Edgewise.Runtime.Sessions;

/// <summary>Two points, the second passed right after the first on the same thread.</summary>
/// <param name="From">PC of the first; zero where there was none since the session was enabled or reset.</param>
/// <param name="To">PC of the second.</param>
public readonly record struct TraceEdge(ulong From, ulong To)
{
    private const ulong OffsetInPage = 0xFFF;
    private const ulong GoldenRatio = 0x61C8864680B583EB;

    /// <summary>The word that the kernel's patch series stores for the edge: the second PC, its lowest 12 bits mixed with a hash of the first one's. Different edges may share a word.</summary>
    public ulong Hashed => ((((From & OffsetInPage) * GoldenRatio) & OffsetInPage) ^ To);
}
