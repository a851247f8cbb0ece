namespace Edgewise.Instrumentation;

/// <summary>A public static class whose methods instrumented code calls; named <c>ASSEMBLY!Namespace.Type</c> on the command line.</summary>
/// <param name="AssemblyName">Simple name, version and public key token of its assembly.</param>
/// <param name="Namespace">Namespace of the class, or empty.</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Methods">Which callbacks it has, and in which form.</param>
/// <param name="Path">File it was read from.</param>
public sealed record CallbackClass(
    System.Reflection.AssemblyName AssemblyName,
    string Namespace,
    string Name,
    CallbackMethods Methods,
    string Path);
