namespace Edgewise.Symbols;

/// <summary>A file is no .NET module, or is damaged. The message begins with the file's name.</summary>
public sealed class SymbolsException : Exception
{
    /// <summary>Makes the exception with a message that a user can act on.</summary>
    public SymbolsException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public SymbolsException(string message, Exception inner) : base(message, inner) { }
}
