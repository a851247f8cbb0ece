using System.Reflection;
using System.Reflection.Emit;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class StackEffectsTests
{
    private static readonly IReadOnlyList<OpCode> Opcodes =
        [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)
            .Where(opcode => opcode.OpCodeType != OpCodeType.Nternal)];

    public static TheoryData<string> Names() => [.. Opcodes.Select(opcode => opcode.Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_opcode_takes_and_leaves_as_many_values_as_the_reference_says(string name)
    {
        OpCode opcode = Opcodes.Single(candidate => candidate.Name == name);
        int expected = opcode.FlowControl is FlowControl.Return or FlowControl.Throw || name is "jmp" or "leave" or "leave.s"
            ? int.MinValue
            : opcode.StackBehaviourPop == StackBehaviour.Varpop ? int.MaxValue
            : Pushed(opcode.StackBehaviourPush) - Popped(opcode.StackBehaviourPop);

        int change = Change(StackEffects.Effects[Index(opcode)]);

        Assert.Equal(expected, change);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fixed_result_has_the_kind_that_the_reference_says(string name)
    {
        OpCode opcode = Opcodes.Single(candidate => candidate.Name == name);
        byte result = StackEffects.Results[Index(opcode)];
        StackKind kind = ElementCode.ToStackType(result).Kind();

        bool agrees = opcode.StackBehaviourPush switch
        {
            _ when result == 0 => true,
            StackBehaviour.Pushi => kind is StackKind.I4 or StackKind.NativeInt || result == ElementCode.ValueType,
            StackBehaviour.Pushi8 => kind == StackKind.I8,
            StackBehaviour.Pushr4 => kind == StackKind.F4,
            StackBehaviour.Pushr8 => kind == StackKind.F8,
            StackBehaviour.Pushref => kind == StackKind.O,
            StackBehaviour.Push1 => name is "mkrefany" or "refanytype",
            _ => false,
        };

        Assert.True(agrees, $"{name} leaves {kind}, the reference says {opcode.StackBehaviourPush}");
    }

    private static int Index(OpCode opcode) => opcode.Size == 1 ? opcode.Value & 0xFF : StackEffects.TwoByte + (opcode.Value & 0xFF);

    private static int Change(StackEffect effect) => effect switch
    {
        StackEffect.Clear => int.MinValue,
        StackEffect.Call or StackEffect.CallIndirect or StackEffect.NewObject => int.MaxValue,
        StackEffect.DropThree => -3,
        StackEffect.DropTwo => -2,
        StackEffect.Drop or StackEffect.ReplaceTwo or StackEffect.Arithmetic or StackEffect.Bitwise or StackEffect.Shift
            or StackEffect.LoadElement or StackEffect.ReplaceTwoByType or StackEffect.ReplaceTwoByAddress => -1,
        StackEffect.None or StackEffect.Replace or StackEffect.Unary or StackEffect.Convert or StackEffect.LoadIndirect or StackEffect.ReplaceByType
            or StackEffect.ReplaceByAddress or StackEffect.Cast or StackEffect.NewVector or StackEffect.Field or StackEffect.FieldAddress => 0,
        _ => 1,
    };

    private static int Pushed(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };

    private static int Popped(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };
}
