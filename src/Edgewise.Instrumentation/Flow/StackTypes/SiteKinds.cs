namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Instructions whose operands are asked for.</summary>
[Flags]
internal enum SiteKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>ceq</c>, <c>cgt</c>, <c>clt</c> and the branches that compare two values. Two operands.</summary>
    Comparisons = 1,

    /// <summary><c>brtrue</c> and <c>brfalse</c>. One operand.</summary>
    Tests = 2,

    /// <summary><c>switch</c>. One operand.</summary>
    Switches = 4,

    /// <summary><c>div</c> and <c>rem</c>. Two operands, the divisor on top.</summary>
    Divisions = 8,

    /// <summary><c>ldelem</c>, <c>ldelema</c> (array, index) and <c>stelem</c> (array, index, value).</summary>
    Elements = 16,

    /// <summary><c>ldind</c> and <c>ldobj</c>. One operand.</summary>
    IndirectLoads = 32,

    /// <summary><c>stind</c> and <c>stobj</c>. Two operands, the value on top.</summary>
    IndirectStores = 64,

    /// <summary><c>ldfld</c>. One operand.</summary>
    FieldLoads = 128,

    /// <summary><c>stfld</c>. Two operands, the value on top.</summary>
    FieldStores = 256,

    /// <summary><c>call</c>, <c>callvirt</c>, <c>newobj</c> and <c>calli</c>. Their arguments, the instance first; a <c>calli</c> has the function pointer on top.</summary>
    Calls = 512,

    /// <summary><c>ldftn</c>. No operands.</summary>
    FunctionPointers = 1024,

    /// <summary><c>ldsfld</c>. No operand.</summary>
    StaticFieldLoads = 2048,

    /// <summary><c>stsfld</c>. One operand.</summary>
    StaticFieldStores = 4096,
}
