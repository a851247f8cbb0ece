using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>Where the IL of a loaded method begins.</summary>
internal static class MethodPlace
{
    private static readonly ConditionalWeakTable<Module, ModulePlaces> Modules = [];

    /// <summary>
    /// The first byte of IL: for an instrumented module in its original image, for any other in its file; unknown where there is no file or no IL.
    /// </summary>
    public static CodePlace Of(MethodBase method)
    {
        try
        {
            return Modules.GetValue(method.Module, ModulePlaces.Of).Find(method.MetadataToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException or CoverageFormatException or NotSupportedException or InvalidOperationException)
        {
            // The file of a running program may be gone or replaced: then nobody knows the place any more.
            return CodePlace.Unknown;
        }
    }
}
