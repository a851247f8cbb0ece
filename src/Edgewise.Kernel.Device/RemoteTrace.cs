using System.Buffers.Binary;

namespace Edgewise.Kernel.Device;

/// <summary>What KCOV_REMOTE_ENABLE takes: which work that the kernel does outside of a task is to be traced.</summary>
/// <remarks>
/// A handle has its subsystem in bits 56–63 (0 common, 1 USB), an instance in bits 0–31, and zeros between. The structure: mode, words of the area, number of handles, four bytes each; at byte 16 the common
/// handle, then the handles, eight bytes each.
/// </remarks>
/// <param name="Mode">Trace of PCs (0) or of compares (1).</param>
/// <param name="AreaWords">Words of the area that each piece of work fills before it is appended.</param>
/// <param name="CommonHandle">Handle that the task hands on to work that it causes; 0 for none.</param>
/// <param name="Handles">Handles of subsystems; at most <see cref="MostHandles"/>.</param>
public sealed record RemoteTrace(uint Mode, uint AreaWords, ulong CommonHandle, IReadOnlyList<ulong> Handles)
{
    /// <summary>Handles that the kernel takes at once.</summary>
    public const int MostHandles = 0x100;

    internal const int HeaderBytes = 24;

    private const int CommonOffset = 16;
    private const ulong ReservedBits = 0x00FF_FFFF_0000_0000, InstanceBits = 0xFFFF_FFFF;
    private const int SubsystemShift = 56;

    /// <summary>A trace for one handle, which is common or of a subsystem as its highest byte says.</summary>
    public static RemoteTrace Of(uint mode, uint areaWords, ulong handle) =>
        IsCommon(handle) ? new RemoteTrace(mode, areaWords, handle, []) : new RemoteTrace(mode, areaWords, 0, [handle]);

    /// <summary>True for a handle that no subsystem owns.</summary>
    public static bool IsCommon(ulong handle) => handle >> SubsystemShift == 0;

    /// <summary>True for a handle that kcov takes.</summary>
    public static bool IsHandle(ulong handle) => (handle & ReservedBits) == 0 && (!IsCommon(handle) || (handle & InstanceBits) != 0);

    /// <summary>The structure's bytes.</summary>
    public byte[] Encode()
    {
        byte[] bytes = new byte[HeaderBytes + (sizeof(ulong) * Handles.Count)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Mode);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), AreaWords);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)Handles.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(CommonOffset), CommonHandle);
        for (int i = 0; i < Handles.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(HeaderBytes + (sizeof(ulong) * i)), Handles[i]);
        }

        return bytes;
    }
}
