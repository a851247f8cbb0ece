using Edgewise.Annotations;
using Markdig;

namespace FuzzTargets;

/// <summary>Markdig with two pipelines: where a text has nothing that an extension knows, both must give the same page.</summary>
public static class MarkdownTargets
{
    private static readonly MarkdownPipeline Plain = new MarkdownPipelineBuilder().Build();
    private static readonly MarkdownPipeline Tables = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Compares the pages of a text without a bar, which tables need.</summary>
    [FuzzTarget("markdown", MaxLength = 256)]
    public static void TwoPipelines(string text)
    {
        if (text.Contains('|'))
        {
            return;
        }

        string plain = Markdown.ToHtml(text, Plain), tables = Markdown.ToHtml(text, Tables);
        if (plain != tables)
        {
            throw new InvalidDataException($"a text without tables is rendered differently by the pipeline that knows them:\n{plain}\n{tables}");
        }
    }
}
