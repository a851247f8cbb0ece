namespace Edgewise.Native;

/// <summary>What a call of <c>memcmp</c>, <c>strcmp</c>, <c>strstr</c> or their kin compared last, as the hooks of a sanitizer tell it.</summary>
/// <param name="Place">One byte before the return address of the call.</param>
/// <param name="IsText">A comparison of strings, not of memory.</param>
/// <param name="IsEqual">They were equal, or the part was found.</param>
/// <param name="Left">Up to the first 64 bytes on the left.</param>
/// <param name="Right">Up to the first 64 bytes on the right.</param>
/// <param name="LeftLength">Bytes on the left.</param>
/// <param name="RightLength">Bytes on the right.</param>
public sealed record NativeSequence(NativePlace Place, bool IsText, bool IsEqual, byte[] Left, byte[] Right, long LeftLength, long RightLength);
