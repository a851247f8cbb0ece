using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Workloads;

/// <summary>Parses HTML, queries and changes the tree, and writes it in three ways.</summary>
public static class AngleSharpWorkload
{
    /// <summary>Runs <see cref="Documents.Portal"/> through parser, selectors, changes and formatters.</summary>
    public static string Run()
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true, IsScripting = true });
        IHtmlDocument document = parser.ParseDocument(Documents.Portal);
        string html = document.ToHtml();
        Check.That(parser.ParseDocument(html).ToHtml() == html, "the written page is read as the same");
        Check.That(document.QuerySelectorAll("#t1 tr").Length == 6, "the table is mended");

        var report = new StringBuilder();
        foreach (string selector in (ReadOnlySpan<string>)["article.note:not([hidden]) > h2", "a[href^='http' i]", "li:nth-child(2n+1)",
            "main p + p, footer address ~ p", "input:required", "select option:checked", "[data-id='17'] time", ":is(dt, dd):last-of-type", "p:has(> em)"])
        {
            foreach (IElement element in document.QuerySelectorAll(selector))
            {
                report.Append(selector).Append(" => ").Append(element.TextContent.Trim()).Append('\n');
            }
        }

        foreach (IElement article in document.QuerySelectorAll("article").ToArray())
        {
            article.ClassList.Toggle("seen");
            article.SetAttribute("title", "a \"quoted\" <title>");
            article.InsertBefore(document.CreateComment(" moved "), article.FirstChild);
            document.Body!.AppendChild(article);
        }

        Check.That(document.Body!.LastElementChild!.GetAttribute("data-id") == "19", "the last article was moved to the end");
        using var pretty = new StringWriter { NewLine = "\n" };
        document.ToHtml(pretty, new PrettyMarkupFormatter());
        using var small = new StringWriter { NewLine = "\n" };
        document.ToHtml(small, new MinifyMarkupFormatter());
        return string.Join('\f', html, report, pretty, small);
    }
}
