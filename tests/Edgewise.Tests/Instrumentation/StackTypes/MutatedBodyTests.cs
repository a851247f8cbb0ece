using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class MutatedBodyTests
{
    private const int Seed = 20260;

    [Fact]
    public void Thousands_of_damaged_bodies_are_refused_or_analysed_to_the_end()
    {
        Random random = new(Seed);
        using AnalysedModule module = new(File.ReadAllBytes(RealAssemblies.Package("Newtonsoft.Json.dll")), AnalysedModule.AllSites);
        MethodBody body = new();
        BlockGraph graph = new();
        int refused = 0, malformed = 0, analysed = 0;

        foreach (MethodDefinitionHandle method in module.Methods())
        {
            module.Analyse(method);
            byte[] original = Fat(module, module.BlockOf(method));
            for (int round = 0; round < 8; round++)
            {
                byte[] damaged = Damage(original, random);
                try
                {
                    BodyReader.Read(damaged, 0, body);
                }
                catch (BodyException)
                {
                    refused++;
                    continue;
                }

                ReadOnlySpan<byte> code = damaged.AsSpan(body.CodeStart, body.CodeSize);
                graph.Build(code, body, splitCriticalEdges: false);
                if (module.Analysis.Analyse(code, body, graph, MetadataTokens.GetToken(method)))
                {
                    CheckSites(module.Analysis, body);
                    bool isMalformed = module.Analysis.Sites[0].Reason == SkipReason.Malformed;
                    malformed += isMalformed ? 1 : 0;
                    analysed += isMalformed ? 0 : 1;
                }
            }
        }

        Assert.True(refused > 1000 && malformed > 3000 && analysed > 3000, $"{refused} refused, {malformed} malformed, {analysed} analysed");
    }

    [Fact]
    public void Damaged_metadata_makes_sites_malformed_and_nothing_worse()
    {
        Random random = new(Seed);
        byte[] original = File.ReadAllBytes(RealAssemblies.Package("ICSharpCode.SharpZipLib.dll"));
        int start = MetadataStart(original, out int length);
        int malformed = 0, typed = 0;

        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. original];
            for (int i = 0; i < 200; i++)
            {
                damaged[start + (length / 8) + random.Next(length - (length / 8))] = (byte)random.Next(256);
            }

            using AnalysedModule module = new(damaged, AnalysedModule.AllSites);
            foreach (MethodDefinitionHandle method in module.Reader.MethodDefinitions.Where((_, index) => index % 10 == round % 10))
            {
                if (!TryAnalyse(module, method))
                {
                    continue;
                }

                CheckSites(module.Analysis, module.Body);
                bool isMalformed = module.Analysis.Sites[0].Reason == SkipReason.Malformed;
                malformed += isMalformed ? 1 : 0;
                typed += isMalformed ? 0 : 1;
            }
        }

        Assert.True(malformed > 100 && typed > 1000, $"{malformed} malformed, {typed} typed");
    }

    // Damage may also hit the RVA of a body, or lead it to what is no body.
    private static bool TryAnalyse(AnalysedModule module, MethodDefinitionHandle method)
    {
        try
        {
            return TryFindBody(module, method) && module.Analyse(method);
        }
        catch (BodyException)
        {
            return false;
        }
    }

    private static bool TryFindBody(AnalysedModule module, MethodDefinitionHandle method)
    {
        try
        {
            return module.HasBody(method);
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static int MetadataStart(byte[] image, out int length)
    {
        using System.Reflection.PortableExecutable.PEReader file = new(new MemoryStream(image));
        length = file.PEHeaders.MetadataSize;
        return file.PEHeaders.MetadataStartOffset;
    }

    private static void CheckSites(StackTypeAnalysis analysis, MethodBody body)
    {
        int previous = -1;
        foreach (ref readonly StackSite site in analysis.Sites)
        {
            Assert.True(site.Offset > previous && (body.Marks[site.Offset] & MethodBody.InstructionStart) != 0);
            Assert.True(site.Start <= site.Offset);
            Assert.Equal(site.Reason == SkipReason.None, site.Type != StackType.Unknown && site.Type != StackType.Unresolved && site.Type != StackType.GenericParameter);
            Assert.True(analysis.Operands(site).Length == site.OperandCount);
            previous = site.Offset;
        }
    }

    // The body with a fat header and without regions, so that damage has room.
    private static byte[] Fat(AnalysedModule module, MethodBodyBlock block)
    {
        int locals = block.LocalSignature.IsNil ? 0 : MetadataTokens.GetToken(block.LocalSignature);
        return [0x13, 0x30, 0x40, 0, .. BitConverter.GetBytes(module.Code.Length), .. BitConverter.GetBytes(locals), .. module.Code];
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        byte[] damaged = [.. original];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(8) == 0 ? random.Next(2, 12) : random.Next(12, damaged.Length);
            damaged[at] = random.Next(3) == 0 ? (byte)(damaged[at] + 1) : (byte)random.Next(256);
        }

        return damaged;
    }
}
