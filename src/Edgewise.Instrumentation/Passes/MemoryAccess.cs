using System.Buffers.Binary;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary>What an instruction loads from memory, or stores to it.</summary>
/// <param name="Size">Bytes; 0: known at run time only, -1: nothing whose address could be told.</param>
/// <param name="Type">Its type in the module's type table; 0 where the opcode says all.</param>
/// <param name="Token">Token of the field, or of the array's element type; 0 where the opcode says it.</param>
/// <param name="Element">Of an array access without token: the place of its type in <see cref="ElementNames"/>.</param>
internal readonly record struct MemoryAccess(int Size, int Type, int Token, int Element)
{
    private const int FirstLoad = 0x46;
    private const int LoadObject = 0x71;
    private const int FirstStore = 0x51;
    private const int StoreObject = 0x81;
    private const int StoreNative = 0xDF;
    private const int FirstElementLoad = 0x90;
    private const int FirstElementStore = 0x9B;
    private const int LoadElement = 0xA3;
    private const int StoreElement = 0xA4;

    /// <summary>Types of the namespace System, in the order of <c>ldelem.i1</c> … <c>ldelem.ref</c>.</summary>
    public static readonly string[] ElementNames = ["SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "IntPtr", "Single", "Double", "Object"];

    // In the same order, which is also that of ldind.
    private static ReadOnlySpan<byte> LoadSizes => [1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 8];

    // stind.ref, stind.i1 … stind.r8.
    private static ReadOnlySpan<byte> StoreSizes => [8, 1, 2, 4, 8, 4, 8];

    // stelem.i, stelem.i1 … stelem.ref as places in ElementNames.
    private static ReadOnlySpan<byte> StoredElements => [7, 0, 2, 4, 6, 8, 9, 10];

    /// <summary>True for <c>ldelem</c> in all forms.</summary>
    public static bool IsElementLoad(byte opcode) => opcode is (>= FirstElementLoad and < FirstElementStore) or LoadElement;

    /// <summary>True for <c>stelem</c> in all forms.</summary>
    public static bool IsElementStore(byte opcode) => opcode is (>= FirstElementStore and < LoadElement) or StoreElement;

    /// <summary>Reads the instruction at a site.</summary>
    public static MemoryAccess Read(ReadOnlySpan<byte> code, in StackSite site, SiteContext context, StructureSizes structures)
    {
        int opcode = code[site.Offset];
        switch (site.Kind)
        {
            case SiteKinds.IndirectLoads when opcode != LoadObject:
                return new MemoryAccess(LoadSizes[opcode - FirstLoad], 0, 0, 0);
            case SiteKinds.IndirectStores when opcode == StoreNative:
                return new MemoryAccess(sizeof(long), 0, 0, 0);
            case SiteKinds.IndirectStores when opcode != StoreObject:
                return new MemoryAccess(StoreSizes[opcode - FirstStore], 0, 0, 0);
            case SiteKinds.Elements when opcode is >= FirstElementLoad and < FirstElementStore:
                return new MemoryAccess(LoadSizes[opcode - FirstElementLoad], 0, 0, opcode - FirstElementLoad);
            case SiteKinds.Elements when opcode < LoadElement:
                int element = StoredElements[opcode - FirstElementStore];
                return new MemoryAccess(LoadSizes[element], 0, 0, element);
        }

        int token = BinaryPrimitives.ReadInt32LittleEndian(code[(site.Offset + 1)..]);
        bool isField = site.Kind is not (SiteKinds.IndirectLoads or SiteKinds.IndirectStores or SiteKinds.Elements);
        int type = isField ? context.TypeOfField(token) : context.TypeOf(token);
        return new MemoryAccess(structures.SizeOf(ref type, context.Types), type, token, 0);
    }
}
