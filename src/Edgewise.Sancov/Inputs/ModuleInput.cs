using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Inputs;

/// <summary>A .NET module, original or instrumented.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Image">Its bytes.</param>
/// <param name="OriginalHash">SHA-256 of the original image: of these bytes, or as the instrumented image has it.</param>
/// <param name="Points">The point set in an instrumented image; null for an original one.</param>
public sealed record ModuleInput(string Path, byte[] Image, byte[] OriginalHash, PointSet? Points)
{
    /// <summary>File name with extension.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);
}
