using System.Reflection;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Runtime;

namespace Edgewise.Instrumentation.Image;

/// <summary>
/// The rows that an instrumented module gets, all at the ends of their tables so that no token changes: the holder class <c>&lt;Edgewise&gt;</c>
/// with its fields and class constructor, and references to what the constructor and the probes need.
/// </summary>
/// <remarks>
/// The holder refers only to types that System.Runtime, netstandard and mscorlib all define or forward, so that no assembly reference is
/// added: AppContext, GC, Func`5, Byte, RuntimeTypeHandle. Callbacks add exactly one, to the assembly of their class.
/// </remarks>
internal sealed class HolderRows
{
    private const uint HolderFlags = 0x00100180; // beforefieldinit, abstract, sealed, not public
    private const uint StaticReadOnly = 0x0033; // assembly, static, initonly
    private const uint HasFieldRva = 0x0100;
    private const uint ConstructorFlags = 0x1891; // private, hidebysig, static, specialname, rtspecialname
    private const byte ValueTypeElement = 0x11;
    private const byte ClassElement = 0x12;

    private static readonly string[] CoreReferences = ["System.Runtime", "netstandard", "mscorlib", "System.Private.CoreLib"];

    private readonly MetadataImage _metadata;
    private readonly uint _coreScope;
    private readonly int _handleType;
    private readonly int _delegateType;
    private readonly byte[] _delegateSignature;
    private readonly Dictionary<HolderField, int> _fields = [];
    private readonly SortedList<int, int> _places = [];
    private readonly Dictionary<CallbackClass, uint> _callbackClasses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _callbackAssemblies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Appends the references that every holder needs.</summary>
    /// <exception cref="InstrumentationException">The module references no core assembly.</exception>
    public HolderRows(MetadataImage metadata)
    {
        _metadata = metadata;
        _coreScope = (uint)((FindCoreReference(metadata) << 2) | 2);
        int objectType = AddTypeRef("System", "Object");
        int byteType = AddTypeRef("System", "Byte");
        _handleType = AddTypeRef("System", "RuntimeTypeHandle");
        int appContext = AddTypeRef("System", "AppContext");
        int collector = AddTypeRef("System", "GC");
        _delegateType = AddTypeRef("System", "Func`5");
        _delegateSignature = DelegateSignature();
        Key = 0x70000000 | (int)metadata.AddUserString(Registration.Key);
        ByteType = Token(TableIndex.TypeRef, byteType);
        int delegateSpec = metadata.AddRow(TableIndex.TypeSpec, metadata.AddBlob(_delegateSignature));
        DelegateType = Token(TableIndex.TypeSpec, delegateSpec);
        Invoke = AddMemberRef((uint)((delegateSpec << 3) | 4), "Invoke", [0x20, 4, 0x13, 4, 0x13, 0, 0x13, 1, 0x13, 2, 0x13, 3]);
        GetData = AddMemberRef((uint)((appContext << 3) | 1), "GetData", [0x00, 1, 0x1C, 0x0E]);
        int allocate = AddMemberRef((uint)((collector << 3) | 1), "AllocateArray", [0x10, 1, 2, 0x1D, 0x1E, 0, 0x08, 0x02]);
        AllocateBytes = Token(TableIndex.MethodSpec, metadata.AddRow(
            TableIndex.MethodSpec, (uint)(((allocate & 0xFFFFFF) << 1) | 1), metadata.AddBlob([0x0A, 1, 0x05])));
        FirstField = metadata.RowCount(TableIndex.Field) + 1;
        ConstructorRow = metadata.RowCount(TableIndex.MethodDef) + 1;
        Holder = Token(TableIndex.TypeDef, metadata.AddRow(
            TableIndex.TypeDef, HolderFlags, metadata.AddString(Registration.HolderName), 0, (uint)((objectType << 2) | 1),
            (uint)FirstField, (uint)ConstructorRow));
        metadata.AddRow(
            TableIndex.MethodDef, 0, 0, ConstructorFlags, metadata.AddString(".cctor"), metadata.AddBlob([0x00, 0, 0x01]),
            (uint)(metadata.RowCount(TableIndex.Param) + 1));
    }

    /// <summary>What the rows were added to.</summary>
    public MetadataImage Metadata => _metadata;

    /// <summary>Token of the holder class.</summary>
    public int Holder { get; }

    /// <summary>Row of the holder's class constructor.</summary>
    public int ConstructorRow { get; }

    /// <summary>Row of the holder's first field.</summary>
    public int FirstField { get; }

    /// <summary>Token of the user string under which the host registers.</summary>
    public int Key { get; }

    /// <summary>Token of the delegate's type.</summary>
    public int DelegateType { get; }

    /// <summary>Token of the delegate's <c>Invoke</c>.</summary>
    public int Invoke { get; }

    /// <summary>Token of <c>AppContext.GetData(string)</c>.</summary>
    public int GetData { get; }

    /// <summary>Token of <c>GC.AllocateArray&lt;byte&gt;(int, bool)</c>.</summary>
    public int AllocateBytes { get; }

    /// <summary>Token of <c>System.Byte</c>.</summary>
    public int ByteType { get; }

    /// <summary>True if the module has a holder already.</summary>
    public static bool IsInstrumented(MetadataImage metadata)
    {
        int last = metadata.RowCount(TableIndex.TypeDef);
        return last > 0 && metadata.GetString(metadata.GetCell(TableIndex.TypeDef, last, 1)) == Registration.HolderName;
    }

    /// <summary>Token of a field, which is added when it is first asked for.</summary>
    public int Field(HolderField field)
    {
        if (!_fields.TryGetValue(field, out int token))
        {
            uint flags = StaticReadOnly | (field is HolderField.Pcs or HolderField.Cases or HolderField.Cfs ? HasFieldRva : 0);
            token = AddField(field.ToString(), flags, FieldSignature(field));
            _fields.Add(field, token);
        }

        return token;
    }

    /// <summary>Adds a static field that a probe of its own needs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="flags">Field attributes, ECMA-335 II.23.1.5.</param>
    /// <param name="signature">Its signature.</param>
    public int AddField(string name, uint flags, ReadOnlySpan<byte> signature) =>
        Token(TableIndex.Field, _metadata.AddRow(TableIndex.Field, flags, _metadata.AddString(name), _metadata.AddBlob(signature)));

    /// <summary>Says where the bytes of <see cref="HolderField.Pcs"/>, <see cref="HolderField.Cases"/> or <see cref="HolderField.Cfs"/> lie.</summary>
    public void Place(HolderField field, int rva) => _places.Add(Field(field), rva);

    /// <summary>Adds what <see cref="Place"/> was told, in the order that the table asks for (ECMA-335 II.22: by field).</summary>
    public void AddPlaces()
    {
        foreach ((int field, int rva) in _places)
        {
            _metadata.AddRow(TableIndex.FieldRva, (uint)rva, (uint)(field & 0xFFFFFF));
        }

        _places.Clear();
    }

    /// <summary>Token of a static method of a callback class; the first one of an assembly adds the reference to that.</summary>
    public int Callback(CallbackClass callbacks, string name, ReadOnlySpan<byte> signature)
    {
        if (!_callbackClasses.TryGetValue(callbacks, out uint parent))
        {
            parent = (uint)((AddCallbackClass(callbacks) << 3) | 1);
            _callbackClasses.Add(callbacks, parent);
        }

        return AddMemberRef(parent, name, signature);
    }

    /// <summary>MemberRefParent index of a static class of another assembly, which is referred to if it is not yet.</summary>
    public uint StaticClass(AssemblyName assembly, string space, string name)
    {
        int row = FindAssemblyReference(assembly.Name!);
        row = row != 0 ? row : AddAssemblyReference(assembly);
        int type = _metadata.AddRow(
            TableIndex.TypeRef, (uint)((row << 2) | 2), _metadata.AddString(name), space.Length == 0 ? 0 : _metadata.AddString(space));
        return (uint)((type << 3) | 1);
    }

    /// <summary>True if a method of a class of an assembly is referred to.</summary>
    public bool RefersTo(System.Reflection.AssemblyName assembly) => _callbackAssemblies.ContainsKey(assembly.FullName);

    /// <summary>Token of a static method of a framework class that every core assembly defines or forwards.</summary>
    public int FrameworkMethod(string space, string type, string name, ReadOnlySpan<byte> signature) =>
        AddMemberRef((uint)((AddTypeRef(space, type) << 3) | 1), name, signature);

    /// <summary>Token of an instantiation of a generic method.</summary>
    /// <param name="method">Token that <see cref="Callback"/> or <see cref="FrameworkMethod"/> gave.</param>
    /// <param name="type">Its one type argument, as in a signature.</param>
    public int Instantiate(int method, ReadOnlySpan<byte> type) =>
        Token(TableIndex.MethodSpec, _metadata.AddRow(
            TableIndex.MethodSpec, (uint)(((method & 0xFFFFFF) << 1) | 1), _metadata.AddBlob([0x0A, 1, .. type])));

    /// <summary>A structure of the framework's namespace <c>System</c>, as in a signature.</summary>
    public byte[] FrameworkStructure(string name)
    {
        ByteBuffer type = new();
        type.WriteByte(ValueTypeElement);
        type.WriteCompressedUInt32((uint)((AddTypeRef("System", name) << 2) | 1));
        return type.ToArray();
    }

    /// <summary>Token of a framework type that every core assembly defines or forwards.</summary>
    public int FrameworkType(string space, string name) => Token(TableIndex.TypeRef, AddTypeRef(space, name));

    private int AddCallbackClass(CallbackClass callbacks)
    {
        if (!_callbackAssemblies.TryGetValue(callbacks.AssemblyName.FullName, out int assembly))
        {
            assembly = AddAssemblyReference(callbacks.AssemblyName);
            _callbackAssemblies.Add(callbacks.AssemblyName.FullName, assembly);
        }

        uint space = callbacks.Namespace.Length == 0 ? 0 : _metadata.AddString(callbacks.Namespace);
        return _metadata.AddRow(TableIndex.TypeRef, (uint)((assembly << 2) | 2), _metadata.AddString(callbacks.Name), space);
    }

    private int FindAssemblyReference(string name)
    {
        for (int row = 1; row <= _metadata.RowCount(TableIndex.AssemblyRef); row++)
        {
            if (_metadata.GetString(_metadata.GetCell(TableIndex.AssemblyRef, row, 6)) == name)
            {
                return row;
            }
        }

        return 0;
    }

    private int AddAssemblyReference(AssemblyName name)
    {
        Version version = name.Version ?? new Version(0, 0, 0, 0);
        byte[] key = name.GetPublicKeyToken() ?? [];
        return _metadata.AddRow(
            TableIndex.AssemblyRef, (uint)version.Major, (uint)version.Minor, (uint)Math.Max(0, version.Build), (uint)Math.Max(0, version.Revision),
            0, key.Length == 0 ? 0 : _metadata.AddBlob(key), _metadata.AddString(name.Name ?? ""), 0, 0);
    }

    private static int Token(TableIndex table, int row) => ((int)table << 24) | row;

    private static int FindCoreReference(MetadataImage metadata)
    {
        foreach (string name in CoreReferences)
        {
            for (int row = 1; row <= metadata.RowCount(TableIndex.AssemblyRef); row++)
            {
                if (metadata.GetString(metadata.GetCell(TableIndex.AssemblyRef, row, 6)) == name)
                {
                    return row;
                }
            }
        }

        throw new InstrumentationException(ModuleDiagnostics.NoCoreReference,
            $"it references none of {string.Join(", ", CoreReferences)}, so the probes have nothing to stand on");
    }

    private int AddTypeRef(string space, string name) =>
        _metadata.AddRow(TableIndex.TypeRef, _coreScope, _metadata.AddString(name), _metadata.AddString(space));

    private int AddMemberRef(uint parent, string name, ReadOnlySpan<byte> signature) =>
        Token(TableIndex.MemberRef, _metadata.AddRow(TableIndex.MemberRef, parent, _metadata.AddString(name), _metadata.AddBlob(signature)));

    // Func<RuntimeTypeHandle, long, int, int, nint>
    private byte[] DelegateSignature()
    {
        ByteBuffer signature = new();
        signature.WriteByte(0x15);
        signature.WriteByte(ClassElement);
        signature.WriteCompressedUInt32((uint)((_delegateType << 2) | 1));
        signature.WriteByte(5);
        signature.WriteByte(ValueTypeElement);
        signature.WriteCompressedUInt32((uint)((_handleType << 2) | 1));
        signature.WriteBytes([0x0A, 0x08, 0x08, 0x18]);
        return signature.ToArray();
    }

    private byte[] FieldSignature(HolderField field) => field switch
    {
        HolderField.Host => [0x06, .. _delegateSignature],
        HolderField.Memory or HolderField.FlagMemory or HolderField.GuardMemory or HolderField.CompareMemory or HolderField.GateMemory
            or HolderField.SequenceMemory => [0x06, 0x1D, 0x05],
        HolderField.Guards => [0x06, 0x0F, 0x09],
        HolderField.FirstPoint or HolderField.FirstSite => [0x06, 0x08],
        HolderField.Pcs or HolderField.Cases or HolderField.Cfs => [0x06, 0x0A],
        _ => [0x06, 0x0F, 0x05],
    };
}
