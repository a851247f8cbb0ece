using System.Text;
using Edgewise.Corpus;

namespace Edgewise.Fuzzing.Findings;

/// <summary>A finding as a test for xunit.v3: it fails as long as the defect is there.</summary>
public static class RegressionTest
{
    private const int LongestLiteral = 1024;
    private const int ShortName = 8;

    /// <summary>Name of the test's class, and of its file without the extension.</summary>
    public static string NameOf(Finding finding, TestCall call)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(call);
        string target = string.Concat(call.Target.Split(call.Target.Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return $"{(target.Length > 0 && char.IsAsciiDigit(target[0]) ? "Target" : "")}{target}{finding.Kind}_{ShortNameOf(finding)}";
    }

    /// <summary>The test's source.</summary>
    /// <param name="finding">The finding; its shortest input is used.</param>
    /// <param name="call">How the target is called.</param>
    /// <param name="nameSpace">Namespace of the test.</param>
    public static string Render(Finding finding, TestCall call, string nameSpace)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(call);
        var text = new StringBuilder();
        text.Append("using System;\nusing Xunit;\n\n");
        text.Append("namespace ").Append(nameSpace).Append(";\n\n");
        text.Append("/// <summary>An input that a fuzzer found: ").Append(Comment(finding.Title)).Append("</summary>\n");
        text.Append("/// <remarks>").Append(Comment(finding.Signature)).Append("</remarks>\n");
        text.Append("public sealed class ").Append(NameOf(finding, call)).Append("\n{\n");
        text.Append("    [Fact]\n");
        text.Append("    public ").Append(call.IsAsync ? "async System.Threading.Tasks.Task" : "void").Append(" Input_").Append(ShortNameOf(finding)).Append("_does_no_harm()\n    {\n");
        if (finding.EndedProcess)
        {
            text.Append("        // As long as the defect is there, this ends the process of the tests.\n");
        }

        text.Append("        byte[] input = ").Append(Literal(finding.Minimized ?? finding.Input)).Append(";\n\n");
        string indent = call.Expected.Count > 0 ? "            " : "        ";
        text.Append(call.Expected.Count > 0 ? "        try\n        {\n" : "").Append(indent).Append(call.Statement).Append('\n').Append(call.Expected.Count > 0 ? "        }\n" : "");
        foreach (string expected in call.Expected)
        {
            text.Append("        catch (").Append(expected).Append(")\n        {\n            // An answer of the target to a bad input.\n        }\n");
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static string Literal(byte[] input)
    {
        if (input.Length > LongestLiteral)
        {
            return $"Convert.FromBase64String(\"{Convert.ToBase64String(input)}\")";
        }

        string literal = CSharpLiteral.Of(input);
        return input.Length == 0 ? "[]" : literal.EndsWith("u8", StringComparison.Ordinal) ? $"{literal}.ToArray()" : literal;
    }

    private static string ShortNameOf(Finding finding) => EntryName.Of(finding.Minimized ?? finding.Input).ToString()[..ShortName];

    // One line, and no XML of its own.
    private static string Comment(string text)
    {
        var comment = new StringBuilder();
        foreach (char letter in text)
        {
            comment.Append(letter switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u0085' => " ", _ => letter.ToString() });
        }

        return comment.ToString();
    }
}
