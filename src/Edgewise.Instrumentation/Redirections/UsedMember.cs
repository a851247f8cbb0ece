namespace Edgewise.Instrumentation.Redirections;

/// <summary>A member that a module names by a token, and what becomes of its uses.</summary>
/// <param name="Name">Its name, as <see cref="MemberNames"/> has it.</param>
/// <param name="Replacement">What is called in its place, or null.</param>
/// <param name="Announcement">What is told of it, or null.</param>
/// <param name="HasThis">It is called on an instance, or makes one.</param>
/// <param name="IsConstructor">It is a constructor.</param>
/// <param name="Receiver">The type that has it as in a signature, type arguments of the use included; where only a token is known it counts as a class.</param>
/// <param name="Signature">Its own signature.</param>
/// <param name="Arguments">Type arguments of the method in this use, as in a signature; none where it has none.</param>
internal sealed record UsedMember(
    string Name, Redirection? Replacement, Redirection? Announcement, bool HasThis, bool IsConstructor,
    byte[] Receiver, byte[] Signature, byte[][] Arguments);
