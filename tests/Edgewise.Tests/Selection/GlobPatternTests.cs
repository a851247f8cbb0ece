using System.Text.RegularExpressions;
using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Selection;

public sealed class GlobPatternTests
{
    [Fact]
    public void A_glob_matches_what_the_regular_expression_of_the_same_meaning_matches()
    {
        (string Glob, string Regex)[] parts =
        [
            ("a", "a"), ("b", "b"), ("*", ".*"), ("?", "."), ("[ab]", "[ab]"), ("[^a]", "[^a]"), ("[a-c]", "[a-c]"), ("\\*", "\\*"), ("{a,bc}", "(?:a|bc)"),
        ];
        Random random = new(7);
        int matches = 0;
        for (int i = 0; i < 300; i++)
        {
            (string Glob, string Regex)[] chosen = random.GetItems(parts, random.Next(1, 8));
            GlobPattern glob = new(string.Concat(chosen.Select(part => part.Glob)));
            Regex regex = new(@"\A" + string.Concat(chosen.Select(part => part.Regex)) + @"\z", RegexOptions.Singleline);
            for (int t = 0; t < 100; t++)
            {
                string text = new(random.GetItems("abc*\n".AsSpan(), random.Next(0, 9)));
                bool expected = regex.IsMatch(text);
                Assert.True(expected == glob.Matches(text), $"{regex} on '{text}'");
                matches += expected ? 1 : 0;
            }
        }

        Assert.True(matches > 1000, $"{matches}");
    }
}
