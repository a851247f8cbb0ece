using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>A module whose bodies are decoded and analysed one after the other, as the instrumenter does it.</summary>
internal sealed class AnalysedModule : IDisposable
{
    /// <summary>The sites that are traced by an integer, or not at all.</summary>
    public const SiteKinds ValueSites = SiteKinds.Comparisons | SiteKinds.Tests | SiteKinds.Switches | SiteKinds.Divisions | SiteKinds.Elements;

    public const SiteKinds AllSites = (SiteKinds)0xFFF;

    private readonly byte[] _image;
    private readonly PEReader _file;
    private readonly BlockGraph _graph = new();

    public AnalysedModule(byte[] image, SiteKinds wanted, ReferencedTypes? referenced = null)
    {
        _image = image;
        _file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
        Reader = _file.GetMetadataReader();
        Analysis = new StackTypeAnalysis(Reader, wanted, referenced);
    }

    public MetadataReader Reader { get; }

    public StackTypeAnalysis Analysis { get; }

    public MethodBody Body { get; } = new();

    public ReadOnlySpan<byte> Code => _image.AsSpan(Body.CodeStart, Body.CodeSize);

    /// <summary>The methods that have a body of IL.</summary>
    public IEnumerable<MethodDefinitionHandle> Methods() => Reader.MethodDefinitions.Where(HasBody);

    public bool HasBody(MethodDefinitionHandle handle)
    {
        MethodDefinition method = Reader.GetMethodDefinition(handle);
        return ((int)method.ImplAttributes & 3) == 0 && _file.PEHeaders.GetContainingSectionIndex(method.RelativeVirtualAddress) >= 0;
    }

    public bool Analyse(MethodDefinitionHandle handle)
    {
        int rva = Reader.GetMethodDefinition(handle).RelativeVirtualAddress;
        SectionHeader section = _file.PEHeaders.SectionHeaders[_file.PEHeaders.GetContainingSectionIndex(rva)];
        BodyReader.Read(_image, rva - section.VirtualAddress + section.PointerToRawData, Body);
        _graph.Build(Code, Body, splitCriticalEdges: false);
        return Analysis.Analyse(Code, Body, _graph, MetadataTokens.GetToken(handle));
    }

    public MethodDefinitionHandle Find(string name) =>
        Reader.MethodDefinitions.Single(handle => Reader.GetString(Reader.GetMethodDefinition(handle).Name) == name);

    public string NameOf(MethodDefinitionHandle handle)
    {
        MethodDefinition method = Reader.GetMethodDefinition(handle);
        return $"{Reader.GetString(Reader.GetTypeDefinition(method.GetDeclaringType()).Name)}.{Reader.GetString(method.Name)}";
    }

    public MethodBodyBlock BlockOf(MethodDefinitionHandle handle) => _file.GetMethodBody(Reader.GetMethodDefinition(handle).RelativeVirtualAddress);

    public void Dispose() => _file.Dispose();
}
