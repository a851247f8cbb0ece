namespace Edgewise.Hosting.Programs;

/// <summary>A library of a program's deps.json.</summary>
/// <param name="Name">Name of the project or package.</param>
/// <param name="Type"><c>project</c>, <c>package</c>, <c>reference</c> …</param>
/// <param name="Assemblies">Simple names of the assemblies it brings.</param>
public sealed record ProgramLibrary(string Name, string Type, IReadOnlyList<string> Assemblies);
