using System.Reflection;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Trace;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>The pairs of caller and callee that the Runtime keeps for a library, as text.</summary>
internal static class CallPairText
{
    /// <summary>The callees of all sites, each once a site, in order; of other modules' methods only the module.</summary>
    public static string Of(TracedLibrary library)
    {
        int count = library.Result.Points.Sites.Length;
        return string.Join(", ", CallPairs.Shared.ToList()
            .Where(pair => pair.CallerSite >= library.FirstSite && pair.CallerSite < library.FirstSite + count)
            .Select(pair => Name(library, CalleeIds.PlaceOf(pair.CalleeId, _ => CodePlace.Unknown)))
            .Order(StringComparer.Ordinal));
    }

    private static string Name(TracedLibrary library, CodePlace place)
    {
        if (place.Module != library.Result.Points.ModuleName)
        {
            return place == CodePlace.Unknown ? "?" : Path.GetFileName(place.Module);
        }

        PointMethod found = Array.Find(library.Result.Points.Methods, method => (ulong)method.Rva == place.Offset);
        MethodBase method = library.Assembly.ManifestModule.ResolveMethod(found.Token)!;
        return $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name.Split('.')[^1]}";
    }
}
