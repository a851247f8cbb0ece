using Markdig;
using Markdig.Renderers.Normalize;
using Markdig.Renderers.Roundtrip;
using Markdig.Syntax;

namespace Workloads;

/// <summary>Renders Markdown to HTML with all extensions, to plain text, to normal form, and back to exactly what it was.</summary>
public static class MarkdigWorkload
{
    /// <summary>Renders <see cref="Documents.Manual"/> in each way and returns what came out.</summary>
    public static string Run()
    {
        string text = Documents.Manual;
        MarkdownPipeline everything = new MarkdownPipelineBuilder()
            .UseAdvancedExtensions().UseEmojiAndSmiley().UseSmartyPants().UseYamlFrontMatter().UsePragmaLines().Build();
        string html = Markdown.ToHtml(text, everything);
        Check.That(html.Contains("<h1 id=\"operating-the-tide-gauge-network\"", StringComparison.Ordinal), "the first heading has an id");
        Check.That(html.Contains("<sup>2</sup>", StringComparison.Ordinal), "a superscript is rendered");

        string plainHtml = Markdown.ToHtml(text);
        string plain = Markdown.ToPlainText(text, everything);

        using var normal = new StringWriter();
        new NormalizeRenderer(normal).Render(Markdown.Parse(text));

        MarkdownDocument tracked = Markdown.Parse(text, new MarkdownPipelineBuilder().EnableTrackTrivia().Build());
        using var round = new StringWriter();
        new RoundtripRenderer(round).Render(tracked);
        Check.That(round.ToString() == text, "the round trip gives the text back");

        return string.Join('\f', html, plainHtml, plain, normal.ToString());
    }
}
