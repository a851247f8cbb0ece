namespace Edgewise.Instrumentation.Image;

/// <summary>A section of an image, or a piece of one.</summary>
/// <param name="HeaderOffset">Position of the section header that it has, or came from, in the original file.</param>
/// <param name="Rva">Where it is mapped.</param>
/// <param name="VirtualSize">Bytes mapped.</param>
/// <param name="FileOffset">Where its bytes begin in the original file.</param>
/// <param name="FileSize">Bytes in the file.</param>
internal readonly record struct PeSection(int HeaderOffset, int Rva, int VirtualSize, int FileOffset, int FileSize)
{
    /// <summary>The first RVA behind it.</summary>
    public int EndRva => Rva + Math.Max(VirtualSize, FileSize);
}
