namespace Edgewise.Symbols;

/// <summary>Tells the exceptions by which System.Reflection.Metadata says that what it reads is damaged.</summary>
internal static class Damage
{
    /// <summary>True for an exception of damaged metadata; ask it only around calls that do nothing but read metadata.</summary>
    /// <remarks>Its tables of nested types run into a null reference where the NestedClass table is out of order.</remarks>
    public static bool Is(Exception e) => e is BadImageFormatException
        or InvalidOperationException
        or InvalidCastException
        or ArgumentException
        or OverflowException
        or NullReferenceException;
}
