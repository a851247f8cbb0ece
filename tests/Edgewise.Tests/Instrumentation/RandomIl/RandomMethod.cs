using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Writes one random method: it ends, it is well-typed, and each comparison in it is noted with the callback that it must make.</summary>
internal sealed partial class RandomMethod
{
    private const int DeepestStatement = 4;
    private const int MostCost = 4000;

    private readonly Random _random;
    private readonly RandomModule _module;
    private readonly RandomSignature _signature;
    private readonly BodyAssembler _il;
    private readonly bool _usesFilters;
    private int _turns = 1;
    private int _depth;

    /// <summary>Prepares a method.</summary>
    public RandomMethod(Random random, RandomModule module, RandomSignature signature)
    {
        _random = random;
        _module = module;
        _signature = signature;
        _il = new BodyAssembler(random);
        _usesFilters = random.Next(2) == 0;
        InitializesLocals = random.Next(4) > 0;
    }

    /// <summary>Its local variables.</summary>
    public List<RandomLocal> Locals { get; } = [];

    /// <summary>Its exception clauses.</summary>
    public IReadOnlyList<(ExceptionRegionKind Kind, int Try, int Handler, int End, int Filter, EntityHandle Caught)> Clauses => _il.Clauses;

    /// <summary>Depth of its stack.</summary>
    public int MaximumDepth => _il.MaximumDepth;

    /// <summary>True if its locals are zero at first without being set.</summary>
    public bool InitializesLocals { get; }

    /// <summary>About how many instructions a call runs at most.</summary>
    public int Cost { get; private set; }

    /// <summary>True if it, or one that it calls, has a finally or fault block.</summary>
    public bool ReachesFinally { get; private set; }

    /// <summary>Writes the body.</summary>
    public (byte[] Il, Func<int, int> At) Write(out Dictionary<int, ExpectedSite> sites)
    {
        DeclareLocals();
        int statements = 2 + _random.Next(6);
        for (int i = 0; i < statements; i++)
        {
            Statement(canTry: true);
        }

        Value(_signature.Result, 3);
        Emit(ILOpCode.Ret, -1);
        sites = [];
        return _il.Assemble(sites);
    }

    private void DeclareLocals()
    {
        foreach (ValueType type in Enum.GetValues<ValueType>())
        {
            if (_random.Next(3) > 0)
            {
                Declare(LocalForm.Plain, type);
            }
        }

        Declare(LocalForm.Plain, ValueType.Int32);
        Declare(LocalForm.Plain, ValueType.Byte);
        RandomLocal structure = Declare(LocalForm.Structure, ValueType.Object);
        foreach (ValueType element in (ValueType[])[ValueType.Byte, ValueType.Int16, ValueType.Int32, ValueType.Int64, ValueType.Double])
        {
            if (_random.Next(2) == 0)
            {
                RandomLocal array = Declare(LocalForm.Array, element);
                Emit(ILOpCode.Ldc_i4_4, 1);
                _il.Emit(ILOpCode.Newarr, 0, _module.TypeToken(element));
                Store(array.Index);
            }
        }

        foreach (RandomLocal target in Locals.Where(local => local is { Form: LocalForm.Plain, Type: ValueType.Int32 or ValueType.Byte or ValueType.Int64 }).ToArray())
        {
            RandomLocal reference = Declare(LocalForm.Reference, target.Type);
            LoadAddress(target.Index);
            Store(reference.Index);
        }

        if (!InitializesLocals)
        {
            foreach (RandomLocal local in Locals.Where(local => local.Form == LocalForm.Plain))
            {
                Constant(local.Type.Kind(), 0);
                Store(local.Index);
            }

            for (int field = 0; field < _module.Fields.Count; field++)
            {
                LoadAddress(structure.Index);
                Constant(_module.Fields[field].Kind(), 0);
                _il.Emit(ILOpCode.Stfld, -2, RandomModule.FieldToken(field));
            }
        }
    }

    private RandomLocal Declare(LocalForm form, ValueType type)
    {
        RandomLocal local = new(form, type, Locals.Count);
        Locals.Add(local);
        return local;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private void Emit(ILOpCode opcode, int change)
    {
        _il.Emit(opcode, change);
        Cost += _turns;
    }

    private void Load(int local) => Variable(ILOpCode.Ldloc_0, ILOpCode.Ldloc_s, ILOpCode.Ldloc, local, 1);

    private void Store(int local) => Variable(ILOpCode.Stloc_0, ILOpCode.Stloc_s, ILOpCode.Stloc, local, -1);

    private void LoadArgument(int argument) => Variable(ILOpCode.Ldarg_0, ILOpCode.Ldarg_s, ILOpCode.Ldarg, argument, 1);

    private void LoadAddress(int local) => _il.Emit(ILOpCode.Ldloca_s, 1, [(byte)local]);

    private void Variable(ILOpCode first, ILOpCode shortForm, ILOpCode longForm, int number, int change)
    {
        if (number < 4 && _random.Next(8) > 0)
        {
            Emit((ILOpCode)((int)first + number), change);
        }
        else if (_random.Next(8) > 0)
        {
            _il.Emit(shortForm, change, [(byte)number]);
        }
        else
        {
            _il.Emit(longForm, change, BitConverter.GetBytes((ushort)number));
        }
    }
}
