using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Edgewise.Instrumentation;

namespace Edgewise.Hosting.Images;

/// <summary>What an instrumented image depends on, as one name: the original, its PDB, every option and the build of this tool.</summary>
internal static class CacheKey
{
    /// <summary>Builds of the same sources are equal to the byte, so a module's MVID names the code that it holds.</summary>
    private static readonly byte[] ToolVersion = Encoding.UTF8.GetBytes(string.Join(
        ' ',
        new[] { typeof(Instrumenter).Assembly, typeof(Runtime.Registration).Assembly, typeof(CacheKey).Assembly }.Select(Mvid)));

    /// <summary>64 hex digits.</summary>
    public static string Of(byte[] image, byte[]? pdb, string moduleName, InstrumentationOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, ToolVersion);
        Append(hash, Encoding.UTF8.GetBytes(moduleName));
        Append(hash, Encoding.UTF8.GetBytes(Describe(options)));
        Append(hash, options.Selection.Hash);
        Append(hash, options.Redirections?.Hash.ToArray() ?? []);
        Append(hash, image);
        Append(hash, pdb ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Describe(InstrumentationOptions options)
    {
        CallbackClass? callbacks = options.Callbacks;
        return $"{options.Level} {(int)options.Features} {options.Pruning} {options.PruneEntry} {options.KeepInlined} {options.KeepFrames} "
            + $"{callbacks?.AssemblyName.FullName}!{callbacks?.Namespace}.{callbacks?.Name} {(long?)callbacks?.Methods}";
    }

    /// <summary>Each part with its length, so that no two lists of parts read the same.</summary>
    private static void Append(IncrementalHash hash, byte[] part)
    {
        hash.AppendData(BitConverter.GetBytes((long)part.Length));
        hash.AppendData(part);
    }

    private static string Mvid(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString("N");
}
