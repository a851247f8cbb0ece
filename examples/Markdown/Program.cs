using Markdig;

// Renders a Markdown file as HTML: Markdown INPUT.md [OUTPUT.html]
if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("usage: Markdown INPUT.md [OUTPUT.html]");
    return 2;
}

MarkdownPipeline pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();
string html = Markdown.ToHtml(File.ReadAllText(args[0]), pipeline);
if (args.Length == 2)
{
    File.WriteAllText(args[1], html);
}
else
{
    Console.Out.Write(html);
}

return 0;
