using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Edgewise.Bench.Peers;

/// <summary>The same job done with Mono.Cecil, as coverage tools do it: read, put a counter at the start of every block, write, symbols included.</summary>
internal static class CecilRewriter
{
    /// <summary>Instruments a module.</summary>
    /// <param name="path">The module; its PDB beside it is rewritten too where there is one.</param>
    /// <returns>How many probes were inserted.</returns>
    public static int Instrument(string path)
    {
        using DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        bool symbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(
            path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true, ReadSymbols = symbols });
        ModuleDefinition module = assembly.MainModule;
        FieldDefinition counters = AddHolder(module);
        int points = 0;
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.RVA != 0))
        {
            points = Instrument(method.Body, counters, points);
        }

        using MemoryStream image = new();
        using MemoryStream pdb = new();
        WriterParameters writing = new() { WriteSymbols = symbols };
        if (symbols)
        {
            writing.SymbolWriterProvider = new PortablePdbWriterProvider();
            writing.SymbolStream = pdb;
        }

        assembly.Write(image, writing);
        return points;
    }

    private static FieldDefinition AddHolder(ModuleDefinition module)
    {
        TypeDefinition holder = new("", "<Cecil>", TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        FieldDefinition counters = new(
            "Counters", FieldAttributes.Static | FieldAttributes.Assembly, new PointerType(module.TypeSystem.Byte));
        holder.Fields.Add(counters);
        module.Types.Add(holder);
        return counters;
    }

    private static int Instrument(MethodBody body, FieldDefinition counters, int points)
    {
        body.SimplifyMacros();
        Dictionary<Instruction, Instruction> probes = [];
        ILProcessor processor = body.GetILProcessor();
        foreach (Instruction leader in Leaders(body))
        {
            probes[leader] = Insert(processor, leader, counters, points++);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => probes.GetValueOrDefault(target, target),
                Instruction[] targets => Array.ConvertAll(targets, target => probes.GetValueOrDefault(target, target)),
                var other => other,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Move(handler.TryStart);
            handler.TryEnd = Move(handler.TryEnd);
            handler.HandlerStart = Move(handler.HandlerStart);
            handler.HandlerEnd = Move(handler.HandlerEnd);
            handler.FilterStart = Move(handler.FilterStart);
        }

        body.OptimizeMacros();
        return points;

        Instruction? Move(Instruction? boundary) => boundary is null ? null : probes.GetValueOrDefault(boundary, boundary);
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
            {
                leaders.Add(next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart is { } filter)
            {
                leaders.Add(filter);
            }
        }

        // Between a prefix and its instruction nothing may stand.
        leaders.RemoveWhere(leader => leader.Previous?.OpCode.OpCodeType == OpCodeType.Prefix);
        return leaders;
    }

    private static Instruction Insert(ILProcessor processor, Instruction before, FieldDefinition counters, int point)
    {
        Instruction first = processor.Create(OpCodes.Ldsfld, counters);
        Instruction[] probe =
        [
            first, processor.Create(OpCodes.Ldc_I4, point), processor.Create(OpCodes.Add), processor.Create(OpCodes.Dup),
            processor.Create(OpCodes.Ldind_U1), processor.Create(OpCodes.Ldc_I4_1), processor.Create(OpCodes.Add), processor.Create(OpCodes.Conv_U1),
            processor.Create(OpCodes.Stind_I1),
        ];
        foreach (Instruction instruction in probe)
        {
            processor.InsertBefore(before, instruction);
        }

        return first;
    }
}
