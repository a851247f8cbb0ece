namespace Edgewise.Native;

/// <summary>An address of code that outlives the process.</summary>
/// <param name="Image">The object that it lies in, or null where none was known.</param>
/// <param name="Pc">Address in the ELF file; the address in the process where there is no object.</param>
public readonly record struct NativePlace(NativeObject? Image, ulong Pc);
