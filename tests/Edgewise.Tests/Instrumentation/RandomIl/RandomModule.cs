using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>An assembly of random, well-typed methods, and the callbacks of <c>trace-cmp</c>, <c>trace-div</c> and <c>trace-gep</c> that must come before their instructions.</summary>
internal sealed class RandomModule
{
    /// <summary>What filters and catch blocks look for, and methods throw.</summary>
    public static IReadOnlyList<Type> Exceptions { get; } =
        [typeof(DivideByZeroException), typeof(OverflowException), typeof(ArithmeticException), typeof(IndexOutOfRangeException), typeof(NullReferenceException), typeof(Exception)];

    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _code = new();
    private readonly MethodBodyStreamEncoder _bodies;
    private readonly AssemblyReferenceHandle _core;
    private readonly Dictionary<Type, EntityHandle> _references = [];
    private readonly Dictionary<ValueType, EntityHandle> _enumerations = [];
    private readonly Random _random;
    private EntityHandle _structure;
    private int _characters;
    private int _listIndexer;

    /// <summary>Makes an assembly.</summary>
    /// <param name="seed">The same seed makes the same one.</param>
    /// <param name="methods">How many methods it has.</param>
    public RandomModule(int seed, int methods)
    {
        _random = new Random(seed);
        _bodies = new MethodBodyStreamEncoder(_code);
        Name = $"Random{seed}";
        AssemblyName core = typeof(object).Assembly.GetName();
        _core = _metadata.AddAssemblyReference(
            _metadata.GetOrAddString(core.Name!), core.Version!, default, _metadata.GetOrAddBlob(core.GetPublicKeyToken()!), default, default);
        _metadata.AddModule(0, _metadata.GetOrAddString(Name + ".dll"), _metadata.GetOrAddGuid(new Guid(seed, 1, 2, new byte[8])), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString(Name), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        AddTypes(methods);
        for (int i = 0; i < methods; i++)
        {
            AddMethod(i);
        }

        Places = [.. Sites.Keys.Order()];
        Image = Serialize();
    }

    /// <summary>Simple name of the assembly.</summary>
    public string Name { get; }

    /// <summary>The assembly.</summary>
    public byte[] Image { get; }

    /// <summary>The methods so far.</summary>
    public List<RandomSignature> Methods { get; } = [];

    /// <summary>The callbacks of all methods, by MethodDef token and IL offset.</summary>
    public Dictionary<(int Token, int Offset), ExpectedSite> Sites { get; } = [];

    /// <summary>Where the callbacks are, in order.</summary>
    public List<(int Token, int Offset)> Places { get; }

    /// <summary>Types of the structure's fields, by number.</summary>
    public IReadOnlyList<ValueType> Fields { get; } = [ValueType.Byte, ValueType.Int16, ValueType.Int32, ValueType.Int64, ValueType.Double, ValueType.ByteEnum];

    /// <summary>Token of a field of the structure.</summary>
    public static int FieldToken(int number) => MetadataTokens.GetToken(MetadataTokens.FieldDefinitionHandle(7 + number));

    /// <summary>Token of a type that is boxed, or the element of an array.</summary>
    public int TypeToken(ValueType type) => MetadataTokens.GetToken(_enumerations.TryGetValue(type, out EntityHandle own) ? own : Reference(RuntimeType(type)));

    /// <summary>Token of the constructor of an exception.</summary>
    public int ConstructorToken(Type exception)
    {
        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(0, result => result.Void(), _ => { });
        return MetadataTokens.GetToken(_metadata.AddMemberReference(Reference(exception), _metadata.GetOrAddString(".ctor"), _metadata.GetOrAddBlob(signature)));
    }

    /// <summary>Token of <c>string.get_Chars</c>.</summary>
    public int CharactersToken => _characters != 0 ? _characters : _characters = IndexerToken(Reference(typeof(string)), "get_Chars", result => result.Char());

    /// <summary>Token of the indexer of <c>IList&lt;int&gt;</c>.</summary>
    public int ListIndexerToken
    {
        get
        {
            if (_listIndexer == 0)
            {
                BlobBuilder list = new();
                new BlobEncoder(list).TypeSpecificationSignature().GenericInstantiation(Reference(typeof(IList<>)), 1, isValueType: false).AddArgument().Int32();
                _listIndexer = IndexerToken(_metadata.AddTypeSpecification(_metadata.GetOrAddBlob(list)), "get_Item", result => result.GenericTypeParameter(0));
            }

            return _listIndexer;
        }
    }

    /// <summary>A reference to a type of the core library.</summary>
    public EntityHandle Reference(Type type)
    {
        if (!_references.TryGetValue(type, out EntityHandle handle))
        {
            handle = _metadata.AddTypeReference(_core, _metadata.GetOrAddString(type.Namespace!), _metadata.GetOrAddString(type.Name));
            _references.Add(type, handle);
        }

        return handle;
    }

    /// <summary>Token of a string.</summary>
    public int StringToken(string text) => MetadataTokens.GetToken(_metadata.GetOrAddUserString(text));

    private int IndexerToken(EntityHandle owner, string name, Action<SignatureTypeEncoder> encodeResult)
    {
        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(1, result => encodeResult(result.Type()), all => all.AddParameter().Type().Int32());
        return MetadataTokens.GetToken(_metadata.AddMemberReference(owner, _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature)));
    }

    private static Type RuntimeType(ValueType type) => Type.GetType($"System.{type}", throwOnError: true)!;

    private void AddTypes(int methods)
    {
        MethodDefinitionHandle behind = MetadataTokens.MethodDefinitionHandle(methods + 1);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        _metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, default, _metadata.GetOrAddString("Methods"), Reference(typeof(object)),
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        AddEnumeration(ValueType.ByteEnum, ValueType.Byte, 1, behind);
        AddEnumeration(ValueType.Int16Enum, ValueType.Int16, 3, behind);
        AddEnumeration(ValueType.Int64Enum, ValueType.Int64, 5, behind);
        _structure = _metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout, default, _metadata.GetOrAddString("Structure"), Reference(typeof(System.ValueType)),
            MetadataTokens.FieldDefinitionHandle(7), behind);
        foreach (ValueType field in Fields)
        {
            BlobBuilder signature = new();
            Encode(new BlobEncoder(signature).Field().Type(), field);
            _metadata.AddFieldDefinition(FieldAttributes.Public, _metadata.GetOrAddString($"F{field}"), _metadata.GetOrAddBlob(signature));
        }
    }

    // One value beside the number itself, so that each has two fields.
    private void AddEnumeration(ValueType type, ValueType underlying, int firstField, MethodDefinitionHandle behind)
    {
        TypeDefinitionHandle handle = _metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Sealed, default, _metadata.GetOrAddString($"{type}"), Reference(typeof(Enum)),
            MetadataTokens.FieldDefinitionHandle(firstField), behind);
        BlobBuilder number = new();
        Encode(new BlobEncoder(number).Field().Type(), underlying);
        _metadata.AddFieldDefinition(
            FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, _metadata.GetOrAddString("value__"), _metadata.GetOrAddBlob(number));
        BlobBuilder own = new();
        new BlobEncoder(own).Field().Type().Type(handle, isValueType: true);
        FieldDefinitionHandle member = _metadata.AddFieldDefinition(
            FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.Literal, _metadata.GetOrAddString("One"), _metadata.GetOrAddBlob(own));
        object one = underlying switch { ValueType.Byte => (byte)1, ValueType.Int16 => (short)1, _ => 1L };
        _metadata.AddConstant(member, one);
        _enumerations[type] = handle;
    }

    private void AddMethod(int number)
    {
        RandomSignature signature = RandomSignature.Of(_random, $"M{number}", 0x06000001 + number);
        RandomMethod method = new(_random, this, signature);
        (byte[] il, Func<int, int> at) = method.Write(out Dictionary<int, ExpectedSite> sites);
        foreach ((int offset, ExpectedSite site) in sites)
        {
            Sites[(signature.Token, offset)] = site;
        }

        BlobBuilder parameters = new();
        new BlobEncoder(parameters).MethodSignature().Parameters(
            signature.Parameters.Count, result => Encode(result.Type(), signature.Result), all => signature.Parameters.ForEach(type => Encode(all.AddParameter().Type(), type)));
        MethodBodyStreamEncoder.MethodBody body = _bodies.AddMethodBody(
            il.Length, method.MaximumDepth, method.Clauses.Count, hasSmallExceptionRegions: _random.Next(2) == 0 && Fits(method, at),
            Locals(method), method.InitializesLocals ? MethodBodyAttributes.InitLocals : MethodBodyAttributes.None);
        new BlobWriter(body.Instructions).WriteBytes(il);
        foreach ((ExceptionRegionKind kind, int start, int handler, int end, int filter, EntityHandle caught) in method.Clauses)
        {
            int tryEnd = at(filter >= 0 ? filter : handler);
            body.ExceptionRegions.Add(kind, at(start), tryEnd - at(start), at(handler), at(end) - at(handler), caught, filter >= 0 ? at(filter) : 0);
        }

        MethodImplAttributes optimised = _random.Next(2) == 0 ? MethodImplAttributes.AggressiveOptimization : MethodImplAttributes.IL;
        _metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, optimised, _metadata.GetOrAddString(signature.Name),
            _metadata.GetOrAddBlob(parameters), body.Offset, MetadataTokens.ParameterHandle(1));
        Methods.Add(signature with { Cost = method.Cost, ReachesFinally = method.ReachesFinally });
    }

    private static bool Fits(RandomMethod method, Func<int, int> at) =>
        ExceptionRegionEncoder.IsSmallRegionCount(method.Clauses.Count)
        && method.Clauses.All(clause => at(clause.End) <= ushort.MaxValue && at(clause.Handler) - at(clause.Try) <= byte.MaxValue && at(clause.End) - at(clause.Handler) <= byte.MaxValue);

    private StandaloneSignatureHandle Locals(RandomMethod method)
    {
        BlobBuilder blob = new();
        LocalVariablesEncoder locals = new BlobEncoder(blob).LocalVariableSignature(method.Locals.Count);
        foreach (RandomLocal local in method.Locals)
        {
            switch (local.Form)
            {
                case LocalForm.Structure:
                    locals.AddVariable().Type().Type(_structure, isValueType: true);
                    break;
                case LocalForm.Array:
                    Encode(locals.AddVariable().Type().SZArray(), local.Type);
                    break;
                default:
                    Encode(locals.AddVariable().Type(isByRef: local.Form == LocalForm.Reference), local.Type);
                    break;
            }
        }

        return method.Locals.Count == 0 ? default : _metadata.AddStandaloneSignature(_metadata.GetOrAddBlob(blob));
    }

    private void Encode(SignatureTypeEncoder encoder, ValueType type)
    {
        if (_enumerations.TryGetValue(type, out EntityHandle enumeration))
        {
            encoder.Type(enumeration, isValueType: true);
        }
        else if (type == ValueType.Object)
        {
            encoder.Object();
        }
        else
        {
            encoder.PrimitiveType(Enum.Parse<PrimitiveTypeCode>($"{type}"));
        }
    }

    private byte[] Serialize()
    {
        BlobBuilder image = new();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), _code, deterministicIdProvider: _ => BlobContentId.FromHash(new byte[20]))
            .Serialize(image);
        return image.ToArray();
    }
}
