namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>What an instruction does to the stack. Where a result has a fixed type, <see cref="StackEffects.Results"/> has it.</summary>
internal enum StackEffect : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Takes one value.</summary>
    Drop,

    /// <summary>Takes two values.</summary>
    DropTwo,

    /// <summary>Takes three values.</summary>
    DropThree,

    /// <summary>Empties the stack.</summary>
    Clear,

    /// <summary>Leaves a value of a fixed type.</summary>
    Push,

    /// <summary>Takes one value and leaves one of a fixed type.</summary>
    Replace,

    /// <summary>Takes two values and leaves one of a fixed type.</summary>
    ReplaceTwo,

    /// <summary>Leaves an argument.</summary>
    Argument,

    /// <summary>Leaves the address of an argument.</summary>
    ArgumentAddress,

    /// <summary>Leaves a local variable.</summary>
    Local,

    /// <summary>Leaves the address of a local variable.</summary>
    LocalAddress,

    /// <summary>Leaves the constant in its operand or opcode.</summary>
    Constant,

    /// <summary>Leaves the topmost value twice.</summary>
    Duplicate,

    /// <summary><c>add</c>, <c>sub</c> and others whose result need not fit the declared type of their operands.</summary>
    Arithmetic,

    /// <summary><c>and</c>, <c>or</c>, <c>xor</c>: the result fits a type that holds both operands.</summary>
    Bitwise,

    /// <summary>Takes a distance, and leaves a value of the same kind as what was shifted.</summary>
    Shift,

    /// <summary>Leaves a value of the same kind as it takes.</summary>
    Unary,

    /// <summary>Converts to a fixed type.</summary>
    Convert,

    /// <summary>Takes an address and leaves what is there, as the opcode says.</summary>
    LoadIndirect,

    /// <summary>Takes a vector and an index, and leaves an element, as the opcode says.</summary>
    LoadElement,

    /// <summary>Takes one value and leaves one of the type that its token names.</summary>
    ReplaceByType,

    /// <summary>Takes two values and leaves one of the type that its token names.</summary>
    ReplaceTwoByType,

    /// <summary>Takes one value and leaves the address of one of the type that its token names.</summary>
    ReplaceByAddress,

    /// <summary>Takes two values and leaves the address of one of the type that its token names.</summary>
    ReplaceTwoByAddress,

    /// <summary>Takes an object and leaves it as the class that its token names.</summary>
    Cast,

    /// <summary>Takes a length and leaves a vector of the type that its token names.</summary>
    NewVector,

    /// <summary>Takes an object or an address, and leaves a field.</summary>
    Field,

    /// <summary>Takes an object or an address, and leaves the address of a field.</summary>
    FieldAddress,

    /// <summary>Leaves a static field.</summary>
    StaticField,

    /// <summary>Leaves the address of a static field.</summary>
    StaticFieldAddress,

    /// <summary>Takes arguments and leaves a result.</summary>
    Call,

    /// <summary>Takes arguments and a function pointer, and leaves a result.</summary>
    CallIndirect,

    /// <summary>Takes a constructor's parameters and leaves the new value.</summary>
    NewObject,
}
