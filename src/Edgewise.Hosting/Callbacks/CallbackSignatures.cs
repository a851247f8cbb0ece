using Edgewise.Instrumentation;

namespace Edgewise.Hosting.Callbacks;

/// <summary>The methods that a callback class may have, as C# writes them.</summary>
internal static class CallbackSignatures
{
    private static readonly (string Name, string Signature, string WithThread, CallbackMethods Method)[] Table =
        [.. CallbackSignature.All.Select(callback => (callback.Name, Text(callback), Text(callback.WithThread()), callback.Method))];

    /// <summary>True if a method is the one whose result the others are handed.</summary>
    public static bool IsEnterMethod(string signature) => signature == Text(CallbackSignature.All.First(callback => callback.Method == CallbackMethods.EnterMethod));

    /// <summary>All names, once each.</summary>
    public static IEnumerable<string> Names => Table.Select(t => t.Name).Distinct();

    /// <summary>True where methods of this name are callbacks.</summary>
    public static bool IsKnown(string name) => Array.Exists(Table, t => t.Name == name);

    /// <summary>The callback of exactly this signature, or <see cref="CallbackMethods.None"/>.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="hasEnterMethod">True if the class has <c>EnterMethod</c>, so that some are handed its result.</param>
    public static CallbackMethods Find(string signature, bool hasEnterMethod) =>
        Table.Where(t => (hasEnterMethod ? t.WithThread : t.Signature) == signature).Select(t => t.Method).FirstOrDefault();

    /// <summary>What a method of this name should look like.</summary>
    public static string Expected(string name, bool hasEnterMethod) =>
        string.Join(" or ", Table.Where(t => t.Name == name).Select(t => $"'public static {(hasEnterMethod ? t.WithThread : t.Signature)}'"));

    private static string Text(CallbackSignature callback) => $"{callback.Result} {callback.Name}({callback.ParameterTypes})";
}
