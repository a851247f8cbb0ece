namespace Edgewise.Runtime.Formats;

/// <summary>One instrumented method of a point set; its blocks and points are consecutive in the set.</summary>
/// <param name="Token">MethodDef token (0x06……) in the original image; where bodies are shared, the first method's.</param>
/// <param name="Rva">RVA of the first IL byte (behind the method header) in the original image.</param>
/// <param name="CodeSize">Bytes of IL in the original body.</param>
/// <param name="FirstBlock">Index of the first block in <see cref="PointSet.Blocks"/>.</param>
/// <param name="BlockCount">Number of blocks, split edges included.</param>
/// <param name="FirstPoint">Number of the method's first point.</param>
/// <param name="PointCount">Number of points.</param>
public readonly record struct PointMethod(
    int Token, int Rva, int CodeSize, int FirstBlock, int BlockCount, int FirstPoint, int PointCount);
