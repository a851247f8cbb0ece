using Edgewise.Instrumentation;

namespace Edgewise.Hosting.Callbacks;

/// <summary>The methods that a callback class may have, as C# writes them.</summary>
internal static class CallbackSignatures
{
    private static readonly (string Name, string Signature, CallbackMethods Method)[] Table =
        [.. CallbackSignature.All.Select(callback => (callback.Name, $"void {callback.Name}({callback.ParameterTypes})", callback.Method))];

    /// <summary>All names, once each.</summary>
    public static IEnumerable<string> Names => Table.Select(t => t.Name).Distinct();

    /// <summary>True where methods of this name are callbacks.</summary>
    public static bool IsKnown(string name) => Array.Exists(Table, t => t.Name == name);

    /// <summary>The callback of exactly this signature, or <see cref="CallbackMethods.None"/>.</summary>
    public static CallbackMethods Find(string signature) =>
        Table.Where(t => t.Signature == signature).Select(t => t.Method).FirstOrDefault();

    /// <summary>What a method of this name should look like.</summary>
    public static string Expected(string name) =>
        string.Join(" or ", Table.Where(t => t.Name == name).Select(t => $"'public static {t.Signature}'"));
}
