using System.Reflection;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>A managed pointer: somewhere a stack value can be read and written.</summary>
/// <param name="type">Type of what is there.</param>
internal abstract class Place(Type type)
{
    /// <summary>Type of what is there.</summary>
    public Type Type { get; } = type;

    /// <summary>A copy of the value there, as it stands on the stack.</summary>
    public abstract object? Load();

    /// <summary>Writes a stack value.</summary>
    public abstract void Store(object? value);

    /// <summary>True if another pointer leads to the same place.</summary>
    /// <exception cref="NotInterpretableException">That is not known.</exception>
    public virtual bool IsSame(Place other) => throw new NotInterpretableException("a comparison of managed pointers");

    /// <summary>A local variable or an argument, which is kept as a stack value.</summary>
    public sealed class Variable(object?[] variables, int index, Type type) : Place(type)
    {
        private readonly (object?[] Variables, int Index) _where = (variables, index);

        public override bool IsSame(Place other) => other is Variable variable && variable._where.Variables == variables && variable._where.Index == index;

        public override object? Load() => StackValue.Copy(variables[index]);

        public override void Store(object? value) => variables[index] = StackValue.Widen(StackValue.Narrow(value, Type), Type);
    }

    /// <summary>An element of an array.</summary>
    public sealed class Element(Array array, long index) : Place(array.GetType().GetElementType()!)
    {
        public override object? Load() => StackValue.Widen(array.GetValue(index), Type);

        public override void Store(object? value) => array.SetValue(StackValue.Narrow(value, Type), index);
    }

    /// <summary>A field of an object, or a static field.</summary>
    public sealed class Field(FieldInfo member, object? owner) : Place(member.FieldType)
    {
        public override object? Load() => StackValue.Widen(member.GetValue(owner), Type);

        public override void Store(object? value) => member.SetValue(owner, StackValue.Narrow(value, Type));
    }

    /// <summary>A field of a structure that is itself in some place.</summary>
    public sealed class FieldOfPlace(FieldInfo member, Place owner) : Place(member.FieldType)
    {
        public override object? Load() => StackValue.Widen(member.GetValue(owner.Load()), Type);

        public override void Store(object? value)
        {
            object? structure = owner.Load();
            member.SetValue(structure, StackValue.Narrow(value, Type));
            owner.Store(structure);
        }
    }

    /// <summary>The value in a box.</summary>
    public sealed class Box(object box) : Place(box.GetType())
    {
        private object? _value = StackValue.Widen(box, box.GetType());

        public override object? Load() => StackValue.Copy(_value);

        public override void Store(object? value) => _value = value;
    }
}
