namespace Edgewise.Instrumentation.Image;

/// <summary>A method of another assembly, as a call names it, type arguments put in.</summary>
/// <param name="Type">Full name of the type that has it, as in metadata: <c>System.Collections.Generic.Dictionary`2</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Receiver">The type that has it as in a signature; a bare TypeRef, of which nobody says whether it is a class, is <c>class</c>.</param>
/// <param name="HasThis">It is called on an instance.</param>
/// <param name="Parameters">Types of its parameters as in a signature, the instance left out.</param>
/// <param name="TypeArguments">Its own type arguments as in a signature.</param>
internal sealed record CalledMember(string Type, string Name, byte[] Receiver, bool HasThis, byte[][] Parameters, byte[][] TypeArguments);
