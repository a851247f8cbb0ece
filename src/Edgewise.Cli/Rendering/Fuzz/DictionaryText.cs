using System.Globalization;
using Edgewise.Corpus.Dictionaries;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>The dictionary that a campaign made itself, in libFuzzer's words: lines that <c>-dict</c> takes.</summary>
internal static class DictionaryText
{
    /// <summary>Nothing where there are no words but the user's.</summary>
    public static IEnumerable<string> Render(IReadOnlyList<RecommendedWord> words, IReadOnlyList<byte[]> known)
    {
        RecommendedWord[] added = [.. words.Where(word => !known.Any(own => own.SequenceEqual(word.Bytes)))];
        if (added.Length == 0)
        {
            return [];
        }

        return
        [
            "###### Recommended dictionary. ######",
            .. added.Select(word => string.Create(CultureInfo.InvariantCulture, $"{DictionaryFile.Write([.. word.Bytes])} # Uses: {word.Uses}")),
            "###### End of recommended dictionary. ######",
        ];
    }
}
