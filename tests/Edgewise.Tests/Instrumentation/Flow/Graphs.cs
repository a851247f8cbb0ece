using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Flow;

/// <summary>Graphs and selections of bodies that a test writes as bytes of IL, with a tiny header in front.</summary>
internal sealed class Graphs
{
    public const byte Call = 0x28;
    public const byte Ret = 0x2A;
    public const byte Br = 0x2B;
    public const byte BrTrue = 0x2D;
    public const byte LdArg0 = 0x02;
    public const byte LdArg1 = 0x03;
    public const byte Nop = 0x00;
    public const byte Pop = 0x26;

    private Graphs(byte[] code, MethodBody body, BlockGraph graph)
    {
        Code = code;
        Body = body;
        Graph = graph;
    }

    public byte[] Code { get; }

    public MethodBody Body { get; }

    public BlockGraph Graph { get; }

    /// <summary>A call of a static method without parameters; five bytes that may throw.</summary>
    public static byte[] Throwing => [Call, 1, 0, 0, 6];

    public static Graphs Of(bool split, params byte[] code)
    {
        MethodBody body = new();
        BodyReader.Read([(byte)((code.Length << 2) | 2), .. code], 0, body);
        BlockGraph graph = new();
        graph.Build(code, body, split);
        return new Graphs(code, body, graph);
    }

    public NodeRule[] Rules(Pruning pruning, bool pruneEntry = false)
    {
        PointSelection selection = new();
        selection.Select(Graph, pruning, pruneEntry);
        return selection.Rules[..Graph.NodeCount];
    }
}
