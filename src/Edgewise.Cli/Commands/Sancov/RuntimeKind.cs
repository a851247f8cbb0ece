namespace Edgewise.Cli.Commands.Sancov;

/// <summary>Forms of the native runtime.</summary>
internal enum RuntimeKind
{
    /// <summary>A static library.</summary>
    Static,

    /// <summary>A shared library.</summary>
    Shared,

    /// <summary>An object that wins over the callbacks of a sanitizer.</summary>
    Sanitizer,
}
