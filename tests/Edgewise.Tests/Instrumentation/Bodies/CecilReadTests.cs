using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CilInstruction = Mono.Cecil.Cil.Instruction;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>A second reader, which has nothing in common with the first: an instrumented image is a sound image to Mono.Cecil too.</summary>
public sealed class CecilReadTests
{
    public static TheoryData<string> SmallPackages() => [.. RealAssemblies.SmallPackages];

    [Theory]
    [MemberData(nameof(SmallPackages))]
    public void Cecil_reads_every_method_with_its_token_its_name_and_the_original_instructions(string package) => Compare(package);

    [Theory]
    [InlineData("Microsoft.CodeAnalysis.dll")]
    [InlineData("Microsoft.CodeAnalysis.CSharp.dll")]
    [Trait("Category", "Long")]
    public void Cecil_reads_every_method_of_Roslyn(string package) => Compare(package);

    private static void Compare(string package)
    {
        byte[] original = File.ReadAllBytes(RealAssemblies.Package(package));
        InstrumentationResult result = Instrumenter.Instrument(original, null, package, new InstrumentationOptions());
        using AssemblyDefinition before = Read(original);
        using AssemblyDefinition after = Read(result.Image);
        Dictionary<MetadataToken, MethodDefinition> rewritten = Methods(after);

        int bodies = 0;
        foreach ((MetadataToken token, MethodDefinition method) in Methods(before))
        {
            MethodDefinition found = rewritten[token];
            Assert.Equal(method.FullName, found.FullName);
            if (method.RVA == 0)
            {
                continue;
            }

            bodies++;
            Assert.Equal(Sequence(method), Sequence(found));
        }

        Assert.Equal(result.MethodCount, bodies);
        Assert.Equal(before.Name.FullName, after.Name.FullName);
        Assert.Equal(before.MainModule.AssemblyReferences.Select(reference => reference.FullName), after.MainModule.AssemblyReferences.Select(reference => reference.FullName));
        Assert.Equal(Attributes(before), Attributes(after));
    }

    private static AssemblyDefinition Read(byte[] image) => AssemblyDefinition.ReadAssembly(new MemoryStream(image));

    private static Dictionary<MetadataToken, MethodDefinition> Methods(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().SelectMany(type => type.Methods).ToDictionary(method => method.MetadataToken);

    private static IEnumerable<string> Attributes(AssemblyDefinition assembly) =>
        assembly.CustomAttributes.Select(attribute => $"{attribute.AttributeType.FullName} {Convert.ToHexString(attribute.GetBlob())}");

    // Opcodes and operands without probes and without unconditional branches, of which the stubs of split edges have their share.
    private static List<(Code, object?)> Sequence(MethodDefinition method)
    {
        var sequence = new List<(Code, object?)>();
        CilInstruction? instruction = method.Body.Instructions[0];
        while (instruction is not null)
        {
            if (instruction.Operand is FieldReference { DeclaringType.Name: Registration.HolderName })
            {
                instruction = BehindProbe(instruction);
                continue;
            }

            // An inlining hint is a branch to the next instruction on a constant.
            if (instruction.OpCode.Code == Code.Ldc_I4_0 && instruction.Next is { OpCode.Code: Code.Brtrue_S } branch && branch.Operand == branch.Next)
            {
                instruction = branch.Next;
                continue;
            }

            if (instruction.OpCode.Code is not (Code.Br or Code.Br_S))
            {
                sequence.Add((Long(instruction.OpCode.Code), Operand(instruction.Operand)));
            }

            instruction = instruction.Next;
        }

        return sequence;
    }

    // A counter's probe ends with its store.
    private static CilInstruction? BehindProbe(CilInstruction instruction)
    {
        while (instruction.OpCode.Code != Code.Stind_I1)
        {
            instruction = instruction.Next;
        }

        return instruction.Next;
    }

    private static Code Long(Code code) => code is >= Code.Br_S and <= Code.Blt_Un_S ? code - Code.Br_S + Code.Br : code == Code.Leave_S ? Code.Leave : code;

    private static object? Operand(object? operand) => operand switch
    {
        CilInstruction or CilInstruction[] => null,
        IMetadataTokenProvider { MetadataToken.RID: > 0 } member => member.MetadataToken.ToInt32(),
        VariableDefinition variable => variable.Index,
        ParameterDefinition parameter => parameter.Index,
        CallSite site => site.ToString(),
        _ => operand,
    };
}
