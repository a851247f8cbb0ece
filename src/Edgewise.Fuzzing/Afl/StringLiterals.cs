using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.Versioning;
using System.Text;
using Edgewise.Corpus.Dictionaries;
using Edgewise.Runtime;

namespace Edgewise.Fuzzing.Afl;

/// <summary>The words that a target offers to a fuzzer: those of its dictionary, and the string literals of its instrumented assemblies.</summary>
[SupportedOSPlatform("linux")]
internal static class StringLiterals
{
    private const int Shortest = 2;
    private const int Longest = 32;
    private const int Most = 1024;

    /// <summary>The words as AFL++ takes them: a byte of length, then the word; empty where there are none.</summary>
    /// <exception cref="Corpus.CorpusException">The target's dictionary cannot be read.</exception>
    public static byte[] Collect(AflTarget target)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var words = new MemoryStream();
        foreach (byte[] word in Dictionary(target).Concat(target.Images.Context.Assemblies.Where(IsInstrumented).SelectMany(Literals)))
        {
            if (word.Length is >= Shortest and <= Longest && known.Count < Most && known.Add(Convert.ToHexString(word)))
            {
                words.WriteByte((byte)word.Length);
                words.Write(word);
            }
        }

        return words.ToArray();
    }

    private static IEnumerable<byte[]> Dictionary(AflTarget target) => target.Target.Dictionary is { } file
        ? DictionaryFile.Read(Path.Combine(Path.GetDirectoryName(target.Images.Context.Path)!, file)).Select(word => word.Bytes.ToArray())
        : [];

    private static bool IsInstrumented(Assembly assembly) => assembly.GetType(Registration.HolderName) is not null;

    private static unsafe List<byte[]> Literals(Assembly assembly)
    {
        List<byte[]> literals = [];
        if (!assembly.TryGetRawMetadata(out byte* start, out int length))
        {
            return literals;
        }

        var metadata = new MetadataReader(start, length);
        for (UserStringHandle next = metadata.GetNextHandle(MetadataTokens.UserStringHandle(0)); !next.IsNil; next = metadata.GetNextHandle(next))
        {
            literals.Add(Encoding.UTF8.GetBytes(metadata.GetUserString(next)));
        }

        return literals;
    }
}
