using System.Reflection.Metadata.Ecma335;
using static System.Reflection.Metadata.Ecma335.TableIndex;

namespace Edgewise.Instrumentation.Image;

/// <summary>Which columns each metadata table has: ECMA-335 II.22 and, from 0x30 on, the portable PDB format.</summary>
/// <remarks>
/// A column kind below <see cref="TableCount"/> is an index into the table of that number. Columns of one byte (Constant.Type) always have
/// a byte of padding behind and count as two.
/// </remarks>
internal static class TableSchema
{
    /// <summary>Table numbers run from 0 to 63.</summary>
    public const int TableCount = 64;

    /// <summary>Number of the first table that only PDBs have.</summary>
    public const int FirstPdbTable = 0x30;

    /// <summary>A plain number of two bytes.</summary>
    public const byte UInt16 = 0x40;

    /// <summary>A plain number of four bytes.</summary>
    public const byte UInt32 = 0x41;

    /// <summary>An offset into <c>#Strings</c>.</summary>
    public const byte String = 0x42;

    /// <summary>An index, from 1, into <c>#GUID</c>.</summary>
    public const byte Guid = 0x43;

    /// <summary>An offset into <c>#Blob</c>.</summary>
    public const byte Blob = 0x44;

    private const byte FirstCoded = 0x50;
    private const byte TypeDefOrRef = 0x50;
    private const byte HasConstant = 0x51;
    private const byte HasCustomAttribute = 0x52;
    private const byte HasFieldMarshal = 0x53;
    private const byte HasDeclSecurity = 0x54;
    private const byte MemberRefParent = 0x55;
    private const byte HasSemantics = 0x56;
    private const byte MethodDefOrRef = 0x57;
    private const byte MemberForwarded = 0x58;
    private const byte Implementation = 0x59;
    private const byte CustomAttributeType = 0x5A;
    private const byte ResolutionScope = 0x5B;
    private const byte TypeOrMethodDef = 0x5C;
    private const byte HasCustomDebugInformation = 0x5D;

    private static readonly TableIndex[] AttributeParents =
    [
        MethodDef, Field, TypeRef, TypeDef, Param, InterfaceImpl, MemberRef, Module, DeclSecurity, Property, Event, StandAloneSig, ModuleRef,
        TypeSpec, Assembly, AssemblyRef, TableIndex.File, ExportedType, ManifestResource, GenericParam, GenericParamConstraint, MethodSpec,
    ];

    private static readonly (int TagBits, TableIndex[] Tables)[] CodedIndexes =
    [
        (2, [TypeDef, TypeRef, TypeSpec]),
        (2, [Field, Param, Property]),
        (5, AttributeParents),
        (1, [Field, Param]),
        (2, [TypeDef, MethodDef, Assembly]),
        (3, [TypeDef, TypeRef, ModuleRef, MethodDef, TypeSpec]),
        (1, [Event, Property]),
        (1, [MethodDef, MemberRef]),
        (1, [Field, MethodDef]),
        (2, [TableIndex.File, AssemblyRef, ExportedType]),
        (3, [MethodDef, MemberRef]),
        (2, [Module, ModuleRef, AssemblyRef, TypeRef]),
        (1, [TypeDef, MethodDef]),
        (5, [.. AttributeParents, Document, LocalScope, LocalVariable, LocalConstant, ImportScope]),
    ];

    private static readonly byte[][] Tables = DefineTables();

    /// <summary>Kinds of the columns of a table, in order; empty for a number that no table has.</summary>
    public static ReadOnlySpan<byte> Columns(TableIndex table) => Tables[(int)table];

    /// <summary>True if the specification knows the table.</summary>
    public static bool IsKnown(int table) => Tables[table].Length != 0;

    /// <summary>Bytes of a column.</summary>
    /// <param name="kind">Its kind, from <see cref="Columns"/>.</param>
    /// <param name="rowCounts">Rows of each table that an index may point into; 64 numbers.</param>
    /// <param name="heaps">Widths of heap offsets.</param>
    /// <returns>2 or 4.</returns>
    public static int ColumnWidth(byte kind, ReadOnlySpan<int> rowCounts, HeapWidths heaps) => kind switch
    {
        UInt16 => 2,
        UInt32 => 4,
        String => heaps.String,
        Guid => heaps.Guid,
        Blob => heaps.Blob,
        < TableCount => rowCounts[kind] <= 0xFFFF ? 2 : 4,
        _ => CodedWidth(CodedIndexes[kind - FirstCoded], rowCounts),
    };

    private static int CodedWidth((int TagBits, TableIndex[] Tables) coded, ReadOnlySpan<int> rowCounts)
    {
        int largest = 0;
        foreach (TableIndex table in coded.Tables)
        {
            largest = Math.Max(largest, rowCounts[(int)table]);
        }

        return largest <= 0xFFFF >> coded.TagBits ? 2 : 4;
    }

    private static byte[][] DefineTables()
    {
        byte[][] tables = new byte[TableCount][];
        Array.Fill(tables, []);
        Define(Module, UInt16, String, Guid, Guid, Guid);
        Define(TypeRef, ResolutionScope, String, String);
        Define(TypeDef, UInt32, String, String, TypeDefOrRef, (byte)Field, (byte)MethodDef);
        Define(FieldPtr, (byte)Field);
        Define(Field, UInt16, String, Blob);
        Define(MethodPtr, (byte)MethodDef);
        Define(MethodDef, UInt32, UInt16, UInt16, String, Blob, (byte)Param);
        Define(ParamPtr, (byte)Param);
        Define(Param, UInt16, UInt16, String);
        Define(InterfaceImpl, (byte)TypeDef, TypeDefOrRef);
        Define(MemberRef, MemberRefParent, String, Blob);
        Define(Constant, UInt16, HasConstant, Blob);
        Define(CustomAttribute, HasCustomAttribute, CustomAttributeType, Blob);
        Define(FieldMarshal, HasFieldMarshal, Blob);
        Define(DeclSecurity, UInt16, HasDeclSecurity, Blob);
        Define(ClassLayout, UInt16, UInt32, (byte)TypeDef);
        Define(FieldLayout, UInt32, (byte)Field);
        Define(StandAloneSig, Blob);
        Define(EventMap, (byte)TypeDef, (byte)Event);
        Define(EventPtr, (byte)Event);
        Define(Event, UInt16, String, TypeDefOrRef);
        Define(PropertyMap, (byte)TypeDef, (byte)Property);
        Define(PropertyPtr, (byte)Property);
        Define(Property, UInt16, String, Blob);
        Define(MethodSemantics, UInt16, (byte)MethodDef, HasSemantics);
        Define(MethodImpl, (byte)TypeDef, MethodDefOrRef, MethodDefOrRef);
        Define(ModuleRef, String);
        Define(TypeSpec, Blob);
        Define(ImplMap, UInt16, MemberForwarded, String, (byte)ModuleRef);
        Define(FieldRva, UInt32, (byte)Field);
        Define(EncLog, UInt32, UInt32);
        Define(EncMap, UInt32);
        Define(Assembly, UInt32, UInt16, UInt16, UInt16, UInt16, UInt32, Blob, String, String);
        Define(AssemblyProcessor, UInt32);
        Define(AssemblyOS, UInt32, UInt32, UInt32);
        Define(AssemblyRef, UInt16, UInt16, UInt16, UInt16, UInt32, Blob, String, String, Blob);
        Define(AssemblyRefProcessor, UInt32, (byte)AssemblyRef);
        Define(AssemblyRefOS, UInt32, UInt32, UInt32, (byte)AssemblyRef);
        Define(TableIndex.File, UInt32, String, Blob);
        Define(ExportedType, UInt32, UInt32, String, String, Implementation);
        Define(ManifestResource, UInt32, UInt32, String, Implementation);
        Define(NestedClass, (byte)TypeDef, (byte)TypeDef);
        Define(GenericParam, UInt16, UInt16, TypeOrMethodDef, String);
        Define(MethodSpec, MethodDefOrRef, Blob);
        Define(GenericParamConstraint, (byte)GenericParam, TypeDefOrRef);
        Define(Document, Blob, Guid, Blob, Guid);
        Define(MethodDebugInformation, (byte)Document, Blob);
        Define(LocalScope, (byte)MethodDef, (byte)ImportScope, (byte)LocalVariable, (byte)LocalConstant, UInt32, UInt32);
        Define(LocalVariable, UInt16, UInt16, String);
        Define(LocalConstant, String, Blob);
        Define(ImportScope, (byte)ImportScope, Blob);
        Define(StateMachineMethod, (byte)MethodDef, (byte)MethodDef);
        Define(CustomDebugInformation, HasCustomDebugInformation, Guid, Blob);
        return tables;

        void Define(TableIndex table, params byte[] columns) => tables[(int)table] = columns;
    }
}
