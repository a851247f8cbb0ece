namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>What a compare instruction or a conditional branch asks.</summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
