namespace Edgewise.Symbols;

/// <summary>Tells the exceptions by which System.Reflection.Metadata says that what it reads is damaged.</summary>
internal static class Damage
{
    /// <summary>True for an exception of damaged metadata.</summary>
    public static bool Is(Exception e) => e is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException;
}
