using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Hosting;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class ReuseTests
{
    [Fact]
    public void A_body_has_the_same_sites_whatever_was_analysed_before_it()
    {
        byte[] image = File.ReadAllBytes(RealAssemblies.Package("YamlDotNet.dll"));
        using AnalysedModule forwards = new(image, AnalysedModule.AllSites);
        using AnalysedModule backwards = new(image, AnalysedModule.AllSites);
        Dictionary<MethodDefinitionHandle, string> texts = [];
        foreach (MethodDefinitionHandle method in forwards.Methods())
        {
            forwards.Analyse(method);
            texts[method] = SiteText.Of(forwards);
        }

        foreach (MethodDefinitionHandle method in backwards.Methods().Reverse())
        {
            backwards.Analyse(method);

            Assert.Equal(texts[method], SiteText.Of(backwards));
        }

        Assert.True(texts.Values.Count(text => text.Length > 0) > 1000);
    }

    [Fact]
    public void Bodies_that_were_analysed_before_cost_no_more_memory()
    {
        using AnalysedModule module = new(File.ReadAllBytes(RealAssemblies.Package("Markdig.dll")), AnalysedModule.AllSites);
        List<MethodDefinitionHandle> methods = [.. module.Methods()];
        methods.ForEach(method => module.Analyse(method));

        long sites = 0;
        long allocated = AllocatedBytes.LeastOfFive(() =>
        {
            sites = 0;
            foreach (MethodDefinitionHandle method in methods)
            {
                sites += module.Analyse(method) ? module.Analysis.Sites.Length : 0;
            }
        });

        Assert.True(sites > 10_000, $"only {sites} sites");
        Assert.True(allocated < methods.Count, $"{allocated} bytes for {methods.Count} bodies");
    }
}
