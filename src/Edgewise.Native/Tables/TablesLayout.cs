namespace Edgewise.Native.Tables;

/// <summary>Offsets and sizes of the native runtime's tables: <c>native/include/edgewise_native.h</c>.</summary>
internal static class TablesLayout
{
    public const string FileEnding = ".native";
    public const uint Version = 1;
    public const int VersionOffset = 8;
    public const int ProcessOffset = 12;
    public const int ObjectsOffset = 16;
    public const int HeaderSize = ObjectsOffset + (7 * RegionSize) + sizeof(long);
    public const int RegionSize = 24;
    public const int ObjectSize = 1016;
    public const int ModuleSize = 80;
    public const int SiteSize = 64;
    public const int SequenceSize = 152;
    public const int CallSize = 24;

    public const int PlaceBits = 48;
    public const ulong PlaceMask = (1UL << PlaceBits) - 1;
    public const ulong EntryFlag = 1UL << 63;
    public const ulong SeenFlag = 1UL << 62;

    public const int ObjectGone = 40;
    public const int ObjectBuildIdSize = 44;
    public const int ObjectBuildId = 48;
    public const int LargestBuildId = 32;
    public const int ObjectPath = 80;

    public const int SequenceBytes = 64;

    public static ReadOnlySpan<byte> Magic => "EWNATIVE"u8;
}
